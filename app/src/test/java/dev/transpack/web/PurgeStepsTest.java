package dev.transpack.web;

import static dev.transpack.web.ApiCaller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.transpack.fixtures.Browser;
import dev.transpack.jobs.Jobs;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A purge is tried again and cancelled from outside: on the pack's page and through the API.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurgeStepsTest {
    private PageFixture pages;
    private Browser browser;
    private ApiCaller api;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        api = new ApiCaller(pages.server());
        browser = Browser.start();
    }

    @AfterAll
    void end() {
        browser.close();
        pages.close();
    }

    @Test
    void thePageOffersWhatCanBeDone() {
        var pack = pages.pack("Sintel", "READY");
        var purge = failedPurge(pack, false);
        try (var visitor = pages.signedIn(browser.withoutScripts(pages.address()))) {
            var page = visitor.page();
            page.navigate("/packs/" + pack);
            assertThat(page.locator("aside").textContent()).contains("Failed", "It broke.", "Gone so far: 2 things");
            click(page, pack, "retry");
            assertThat(page.locator(".notice").first().textContent()).contains("The purge is under way.");
            assertThat(page.locator("aside").textContent()).contains("Under way");
            click(page, pack, "cancel");
            assertThat(page.locator(".notice").first().textContent()).contains("what is gone stays gone");
        }
        assertThat(pages.server().part(Jobs.class).latest(purge).orElseThrow().cancelRequested())
                .isTrue();
    }

    @Test
    void anOverridingPurgeIsAnAdministratorsToTryAgain() throws Exception {
        var pack = pages.pack("Cosmos", "READY");
        failedPurge(pack, true);
        try (var visitor = pages.signedIn(browser.withoutScripts(pages.address()))) {
            visitor.page().navigate("/packs/" + pack);
            click(visitor.page(), pack, "retry");
            assertThat(visitor.page().locator(".notice").first().textContent()).contains("an administrator");
        }
        assertThat(api.send("POST", "/packs/" + pack + "/purge/retry", "{}").statusCode())
                .isEqualTo(202);
    }

    @Test
    void theApiSteersTheNewestPurge() throws Exception {
        var pack = pages.pack("Home", "READY");
        var path = "/packs/" + pack + "/purge";
        assertProblem(api.send("POST", path + "/retry", "{}"), 409, "wrong-state", "no purge of 'Home' that can be");
        failedPurge(pack, false);
        assertThat(api.post(path + "/retry", "{}").path("id").asString()).isEqualTo(pack);
        assertProblem(api.send("POST", path + "/retry", "{}"), 409, "wrong-state", "retried");
        assertThat(api.send("POST", path + "/cancel", "{}").statusCode()).isEqualTo(202);
        assertProblem(api.send("POST", "/packs/none/purge/cancel", "{}"), 404, "not-found", "no pack none");
    }

    private static void click(Page page, String pack, String step) {
        page.click("form[action='/packs/" + pack + "/purge/" + step + "'] button");
    }

    private String failedPurge(String pack, boolean overridden) {
        var id = UUID.randomUUID().toString();
        pages.database().writes().sql("""
                        insert into purges (id, pack_id, plan, overridden, requested_by, requested_at, finished_at, record)
                        values (?, ?, '{}', ?, 'ann', 1, 2, '{"went":[],"remains":["the data"],"failure":"It broke."}')""").params(id, pack, overridden).update();
        for (var n = 0; n < 2; n++)
            pages.database()
                    .writes()
                    .sql("insert into purged (purge_id, n, kind, what, bytes, at) values (?, ?, 'OBJECT', 'k', 5, 1)")
                    .params(id, n)
                    .update();
        pages.database()
                .writes()
                .sql("""
                        insert into jobs (id, kind, version, subject, payload, state, fence, attempts, cancel_requested,
                                          done_bytes, total_bytes, bytes_per_second, created_at, finished_at)
                        values (?, 'purge-pack', 1, ?, '{}', 'FAILED', 1, 1, ?, 0, 0, 0, 1, 2)""")
                .params("job-of-" + id.substring(0, 8), id, false)
                .update();
        return id;
    }
}
