package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.transpack.fixtures.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgressPageTest {
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
    void anEmptyServerSaysWhatToDo() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            for (var path : new String[] {"/", "/packs", "/links", "/jobs", "/home"}) {
                visitor.page().navigate(path);
                assertThat(visitor.page().locator(".empty strong").textContent())
                        .isNotBlank();
            }
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void twoPeopleSeeTheSameProgressWithoutLoadingAnything() {
        var pack = pages.pack("Sintel", "SENDING");
        var job = pages.runningJob(pack, 1_000, 4_000);
        try (var ann = pages.signedIn(browser.visitor(pages.address()));
                var ben = pages.signedIn(browser.phone(pages.address()))) {
            open(ann.page(), "/packs/" + pack);
            open(ben.page(), "/packs");
            pages.progress(job, 2_500);
            for (var page : new Page[] {ann.page(), ben.page()}) {
                page.waitForSelector("[data-fact=percent]:text-is('62.5 %')");
                assertThat(page.locator("progress").first().getAttribute("aria-valuenow"))
                        .isEqualTo("62.5");
            }
            assertThat(ann.page().locator("[data-fact=done]").textContent()).isEqualTo("2.44 KiB");
            pages.end(job, pack);
            ann.page().waitForSelector("text=In the bucket, verified and sealed");
            ben.page().waitForSelector("text=Get link");
            for (var visitor : new Browser.Visitor[] {ann, ben}) {
                assertThat(visitor.page().evaluate("window.sameDocument")).isEqualTo(true);
                assertThat(visitor.complaints()).isEmpty();
            }
        }
    }

    @Test
    void aNewPackShowsUpInTheList() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            open(visitor.page(), "/packs");
            pages.pack("Caminandes", "QUEUED");
            visitor.page().waitForSelector("text=Caminandes");
            assertThat(visitor.page().evaluate("window.sameDocument")).isEqualTo(true);
        }
    }

    /// Leaves a mark that a reload would lose, and waits until the page listens.
    private static void open(Page page, String path) {
        page.waitForResponse(response -> response.url().contains("/api/v1/events"), () -> page.navigate(path));
        page.evaluate("window.sameDocument = true");
    }
}
