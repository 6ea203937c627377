package dev.transpack.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.transpack.fixtures.Browser;
import dev.transpack.settings.Figures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
    void aPackThatRestsSaysSoAndGoesOnFromItsPageOrTheList() {
        var pack = pages.pack("Rests", "SENDING");
        var job = pages.runningJob(pack, 1_000, 4_000);
        try (var ann = pages.signedIn(browser.visitor(pages.address()));
                var ben = pages.signedIn(browser.visitor(pages.address()))) {
            open(ann.page(), "/packs/" + pack);
            open(ben.page(), "/packs");
            pages.state(job, "PAUSED");
            ann.page().waitForSelector("text=Paused. The parts that have arrived stay");
            ann.page().waitForSelector(".timeline >> text=Paused");
            ann.page().waitForSelector("button:has-text('Resume')");
            ben.page().waitForSelector("tr:has-text('Rests') >> button:has-text('Resume')");
            ben.page().click("button:has-text('Resume all')");
            ben.page().waitForSelector("text=All packs that rested go on.");
            ann.page().click("button:has-text('Pause')");
            ann.page().waitForSelector("text=It rests; the parts that have arrived stay.");
            ann.page().click("button:has-text('Resume')");
            ann.page().waitForSelector("text=It goes on.");
            assertThat(ann.complaints()).isEmpty();
        }
    }

    @Test
    void eachVolumeSaysHowFarItIsAsItGoesUp() {
        var pack = pages.pack("Volumes", "SENDING");
        var job = pages.runningJob(pack, 0, 8_000);
        for (var n = 1; n <= 2; n++) pages.volume(pack, n, "Volumes.part" + n + ".rar", 4_000);
        try (var ann = pages.signedIn(browser.visitor(pages.address()))) {
            open(ann.page(), "/packs/" + pack);
            var states = ann.page().locator("[data-volume] .badge");
            assertThat(states).hasText(new String[] {"Waiting", "Waiting"});
            pages.part(pack, 1, 1);
            assertThat(states).hasText(new String[] {"Sending 25.0 %", "Waiting"});
            pages.part(pack, 1, 2);
            assertThat(states).hasText(new String[] {"Sending 50.0 %", "Waiting"});
            pages.complete(pack, 1);
            pages.part(pack, 2, 1);
            assertThat(states).hasText(new String[] {"Stored", "Sending 25.0 %"});
            pages.end(job, pack);
            ann.page().waitForSelector("text=In the bucket, verified and sealed");
            assertThat(ann.page().evaluate("window.sameDocument")).isEqualTo(true);
        }
    }

    @Test
    void scriptsWriteNumbersAsTheProgramDoes() {
        try (var ann = pages.signedIn(browser.visitor(pages.address()))) {
            open(ann.page(), "/packs");
            for (var bytes : new long[] {-1, 0, 999, 1000, 1152, 10_235, 1_023_590, 4_703_919_739L}) {
                assertThat(ann.page().evaluate("bytes => show.size(bytes)", (double) bytes))
                        .isEqualTo(Figures.size(bytes));
                assertThat(ann.page().evaluate("done => show.percent(done, 1023590)", (double) bytes))
                        .isEqualTo(Figures.percent(bytes, 1_023_590));
            }
            for (var seconds : new int[] {0, 59, 60, 200, 7_500, 86_400, 273_600})
                assertThat(ann.page().evaluate("seconds => show.duration(seconds)", seconds))
                        .isEqualTo(Figures.duration(Duration.ofSeconds(seconds)));
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

    @Test
    void aPageThatShowsTheEndAsksForNothingMore() {
        pages.film("Spring");
        var pack = pages.packOf("Spring", "SENDING");
        var job = pages.runningJob(pack, 1_000, 4_000);
        var other = pages.runningJob(pages.pack("Charge", "SENDING"), 1, 100_000);
        var progress = 1;
        try (var ann = pages.signedIn(browser.visitor(pages.address()));
                var ben = pages.signedIn(browser.visitor(pages.address()))) {
            open(ann.page(), "/");
            open(ben.page(), "/packs/" + pack);
            pages.end(job, pack);
            ann.page().waitForSelector("tr:has-text('Spring') >> text=Get link");
            ben.page().waitForSelector("text=In the bucket, verified and sealed");
            for (var page : new Page[] {ann.page(), ben.page()}) {
                hear(page, other, ++progress);
                var asked = new CopyOnWriteArrayList<String>();
                page.onRequest(request -> asked.add(request.url()));
                for (var event = 0; event < 3; event++) hear(page, other, ++progress);
                assertThat(asked).allMatch(address -> address.endsWith("/api/v1/events"));
            }
        }
    }

    @Test
    void aDialogOpensWhileThePageFetchesPartOfItself() {
        pages.film("Agent");
        var pack = pages.packOf("Agent", "SENDING");
        var job = pages.runningJob(pack, 1_000, 4_000);
        try (var ann = pages.signedIn(browser.visitor(pages.address()))) {
            open(ann.page(), "/");
            var held = new CompletableFuture<Route>();
            ann.page().route(address -> address.contains("/?id="), held::complete);
            pages.end(job, pack);
            ann.page().waitForRequest(request -> request.url().contains("/?id="), () -> {});
            ann.page().click("tr:has-text('Agent') a[data-open=panel]");
            ann.page().waitForSelector("dialog[open] [data-part]");
            held.join().resume();
            ann.page().waitForSelector("tr:has-text('Agent') >> text=Get link");
            assertThat(ann.page().evaluate("window.sameDocument")).isEqualTo(true);
        }
    }

    /// Lets something else happen and waits until the page has been told of it.
    private void hear(Page page, String job, int done) {
        page.evaluate("""
                () => {
                    const source = new EventSource(document.body.dataset.events);
                    window.listening = new Promise(resolve => source.addEventListener("snapshot", () => resolve(true)));
                    window.heard = new Promise(resolve => source.addEventListener("job", () => {
                        source.close();
                        resolve(true);
                    }));
                }""");
        page.evaluate("window.listening");
        pages.progress(job, done);
        page.evaluate("window.heard");
    }

    /// Leaves a mark that a reload would lose, and waits until the page listens.
    private static void open(Page page, String path) {
        page.waitForResponse(response -> response.url().contains("/api/v1/events"), () -> page.navigate(path));
        page.evaluate("window.sameDocument = true");
    }
}
