package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Browser;
import dev.transpack.jobs.JobState;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.verifying.Verifications;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A pack's page has it verified and shows what was found, with scripts and without.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyPageTest {
    private PageFixture pages;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        browser = Browser.start();
    }

    @AfterAll
    void end() {
        browser.close();
        pages.close();
    }

    @Test
    void itIsAskedForAndEndedWithoutScripts() {
        var pack = pages.pack("Plain", "READY");
        try (var visitor = pages.signedIn(browser.withoutScripts(pages.address()))) {
            var page = visitor.page();
            page.navigate("/packs/" + pack);
            assertThat(page.locator("#verification").textContent()).contains("Not since it was sealed");
            page.click("#verification button:has-text('Verify quickly')");
            assertThat(page.locator("main").textContent()).contains("It is being verified.");
            assertThat(page.locator("#verification").textContent())
                    .contains("Under way")
                    .doesNotContain("??");
            assertThat(payload(pack)).contains("\"quick\":true", "\"by\":\"ann\"");
            page.click("#verification button:has-text('Cancel')");
            assertThat(page.locator("main").textContent()).contains("The verification ends");
            assertThat(verifications().newest(pack).orElseThrow().cancelRequested())
                    .isTrue();
        }
    }

    @Test
    void whatIsFoundComesByItself() {
        var pack = pages.pack("Live", "READY");
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            page.navigate("/packs/" + pack);
            page.click("#verification button span:text-is('Verify')");
            page.waitForSelector("#verification .badge:text-is('Under way')");
            assertThat(payload(pack)).contains("\"quick\":false");
            running(pack, 1_000);
            page.waitForSelector("#verification [data-fact=percent]:text-is('25.0 %')");
            ended(pack, "'Live.rar' in the bucket is missing.");
            page.waitForSelector("[role=alert]:has-text(\"'Live.rar' in the bucket is missing. Send the download\")");
            page.waitForSelector("#verification .badge:text-is('Damaged')");
            assertThat(page.locator("#verification button").count())
                    .as("never quickly")
                    .isEqualTo(1);
            page.navigate("/home");
            assertThat(page.locator("main").textContent()).contains("Damaged");
            page.navigate("/packs");
            page.waitForSelector("tr:has-text('Live') .what.bad:text-is('Damaged')");
            ended(pack, null);
            page.waitForSelector("tr:has-text('Live') .what:text-is('In the bucket')");
            page.navigate("/packs/" + pack);
            assertThat(page.locator("#verification").textContent())
                    .contains("As it was sealed", "Verified in full", "by ann", "Nothing was found wrong.");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void onlyAPackThatIsReadyHasTheButton() {
        var pack = pages.pack("Early", "SENDING");
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            visitor.page().navigate("/packs/" + pack);
            assertThat(visitor.page().locator("#verification").count()).isZero();
        }
    }

    private Verifications verifications() {
        return pages.server().part(Verifications.class);
    }

    private String payload(String pack) {
        return pages.database()
                .reads()
                .sql("select payload from jobs where subject = ? and kind = 'verify-pack'")
                .param(pack)
                .query(String.class)
                .single();
    }

    private void running(String pack, long done) {
        set(pack, JobState.RUNNING, done);
    }

    private void ended(String pack, @Nullable String damage) {
        var verified = new Pack.Verified(Instant.now(), Pack.Verified.How.FULL, "ann", damage);
        pages.server().part(Packs.class).verified(pack, verified);
        set(pack, JobState.DONE, 4_000);
    }

    private void set(String pack, JobState state, long done) {
        pages.database()
                .writes()
                .sql("update jobs set state = ?, done_bytes = ?, total_bytes = 4000 where subject = ?")
                .params(state.name(), done, pack)
                .update();
    }
}
