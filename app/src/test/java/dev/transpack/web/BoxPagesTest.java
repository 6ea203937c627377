package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.transpack.fixtures.Browser;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pages never speak of a bucket where a pack is served from this box.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoxPagesTest {
    private PageFixture pages;
    private Browser browser;
    private String pack;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder, Map.of());
        pages.film("Sintel");
        pages.film("Cosmos");
        pack = pages.packOf("Sintel", "READY");
        pages.database()
                .writes()
                .sql("update packs set on_box = ?, destination = 'box' where id = ?")
                .params(true, pack)
                .update();
        browser = Browser.start();
    }

    @AfterAll
    void end() {
        browser.close();
        pages.close();
    }

    @Test
    void theDialogSaysThatNoCopyIsMade() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            page.navigate("/");
            page.locator("#list tr", new Page.LocatorOptions().setHasText("Cosmos"))
                    .locator(".go a:has-text('Send')")
                    .click();
            var form = page.locator("form[action$='/send']");
            assertThat(form.textContent()).contains("served from this box: no copy is made");
            assertThat(form.locator("button.primary").isEnabled()).isTrue();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void aPackIsServedFromHereAndSaysWhenItCannotBe() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            assertThat(page.navigate("/packs/" + pack).status()).isEqualTo(200);
            assertThat(page.locator("#pack").textContent())
                    .contains("box · served from here", "Read and checked, served from here")
                    .doesNotContain("bucket", "??");
            error("It cannot be fetched: 'film.mkv' changed.");
            page.navigate("/packs/" + pack);
            assertThat(page.locator("[role=alert]").textContent())
                    .contains("'film.mkv' changed.")
                    .doesNotContain("trying again");
            page.navigate("/packs");
            assertThat(page.content()).contains("Cannot be fetched");
            error(null);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void aPurgeSaysThatItEndsTheServing() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            page.navigate("/packs/" + pack + "/purge?from=bucket");
            assertThat(page.locator("main").textContent())
                    .contains("its links, so that it is no longer served", "The pack is no longer served from here")
                    .contains("ending that deletes nothing")
                    .doesNotContain("??");
            page.navigate("/packs/" + pack + "/purge?from=disk");
            assertThat(page.locator("main").textContent())
                    .contains("lies in no bucket", "Nothing stays here to fetch or to restore from");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private void error(@Nullable String sentence) {
        pages.database()
                .writes()
                .sql("update packs set error = ? where id = ?")
                .param(sentence)
                .param(pack)
                .update();
    }
}
