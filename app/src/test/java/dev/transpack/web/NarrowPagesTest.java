package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.transpack.browse.Downloads;
import dev.transpack.fixtures.Browser;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.ShareLinks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every page in a window of 390 pixels, with names as long as a disk takes.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NarrowPagesTest {
    private static final String FILM = "The.Longest.Film.Of.The.Year.2026.2160p.".repeat(5) + "mkv";
    private static final String UNBROKEN = "x".repeat(200);

    private PageFixture pages;
    private Browser browser;
    private Browser.Visitor ann;
    private List<String> everyPage = List.of();
    private String ready = "";

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        for (var name : List.of(FILM, UNBROKEN, "Sent")) pages.film(name);
        ready = pages.packOf(FILM, "READY");
        pages.volume(ready, 1, UNBROKEN + ".part1.rar", 4_000);
        var damage = "'" + UNBROKEN + ".part1.rar' in the bucket is missing.";
        pages.server()
                .part(Packs.class)
                .verified(ready, new Pack.Verified(Instant.now(), Pack.Verified.How.FULL, PageFixture.NAME, damage));
        pages.files(ready, FILM + "/" + UNBROKEN);
        var sending = pages.packOf("Sent", "SENDING");
        pages.runningJob(sending, 1_000, 4_000);
        pages.volume(sending, 1, FILM + ".part1.rar", 4_000);
        var failed = pages.pack(UNBROKEN, "FAILED");
        everyPage = List.of(
                "/",
                "/downloads/" + download(),
                "/send?download=" + download(),
                "/home",
                "/packs",
                "/packs/" + ready,
                "/packs/" + sending,
                "/packs/" + failed,
                "/packs/" + ready + "/purge",
                "/packs/" + ready + "/purge?from=bucket&from=disk",
                "/links",
                "/jobs",
                "/about",
                "/password",
                "/nothing/here",
                link(ready),
                link(sending),
                "/d/none");
        browser = Browser.start();
        ann = pages.signedIn(browser.narrow(pages.address()));
    }

    @AfterAll
    void end() {
        ann.close();
        browser.close();
        pages.close();
    }

    private List<String> everyPage() {
        return everyPage;
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void nothingIsWiderThanTheWindow(String path) {
        ann.page().navigate(path);
        assertThat(wide(ann.page())).isEmpty();
    }

    @Test
    void signingInFitsToo() {
        try (var stranger = browser.narrow(pages.address())) {
            stranger.page().navigate("/login");
            assertThat(wide(stranger.page())).isEmpty();
        }
    }

    @Test
    void dialogsFitToo() {
        var page = ann.page();
        page.navigate("/");
        page.click("tr:has-text('" + UNBROKEN + "') a.main");
        page.waitForSelector("#panel[open]");
        assertThat(wide(page)).isEmpty();
        page.click("#panel button.primary");
        page.waitForSelector("#sheet[open]");
        assertThat(wide(page)).isEmpty();
    }

    @Test
    void theNamesOfVolumesAndFilesAreShownInFull() {
        var page = ann.page();
        page.navigate("/packs/" + ready);
        for (var name : page.locator("table .clip").all())
            assertThat(
                            name.evaluate(
                                    "each => each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight + 1"))
                    .isEqualTo(true);
    }

    /// What makes the page scroll sideways; nothing when it does not.
    @SuppressWarnings("unchecked")
    private static List<String> wide(Page page) {
        return (List<String>) page.evaluate("""
                () => document.scrollingElement.scrollWidth <= innerWidth ? []
                    : [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
                        .map(each => each.outerHTML.slice(0, 120))""");
    }

    private String download() {
        return pages.server().part(Downloads.class).list().downloads().stream()
                .filter(one -> one.name().equals(UNBROKEN))
                .findFirst()
                .orElseThrow()
                .id()
                .value();
    }

    private String link(String pack) {
        var server = pages.server();
        var answer = server.part(ShareLinks.class)
                .create(server.part(Packs.class).get(pack), LinkLifetime.parse("1d"), PageFixture.NAME);
        var token = ((LinkAnswer.Created) answer).token();
        return server.part(LinkAddresses.class).page(token).getPath();
    }
}
