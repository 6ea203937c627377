package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.transpack.fixtures.Browser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'";

    private PageFixture pages;
    private Browser browser;
    private String ready;
    private String failed;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        pages.film("Sintel");
        pages.film(HOSTILE);
        pages.file("new\nline and \u202egnp.exe");
        pages.file("🎬".repeat(60) + ".mkv");
        ready = pages.pack(HOSTILE, "READY");
        failed = pages.pack("Tears of Steel", "FAILED");
        pages.pack("\u202egnp.exe", "CANCELLED");
        browser = Browser.start();
    }

    @AfterAll
    void end() {
        browser.close();
        pages.close();
    }

    private List<String> everyPage() {
        return List.of(
                "/",
                "/home",
                "/packs",
                "/packs/" + ready,
                "/packs/" + failed,
                "/packs/" + ready + "/purge",
                "/links",
                "/jobs",
                "/destinations",
                "/destinations/box/leftovers",
                "/about");
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void isWholeAndQuietAtADesk(String path) {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            checkWhole(visitor, path);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void isWholeAndQuietOnAPhone(String path) {
        try (var visitor = pages.signedIn(browser.phone(pages.address()))) {
            checkWhole(visitor, path);
        }
    }

    private static void checkWhole(Browser.Visitor visitor, String path) {
        assertThat(visitor.page().navigate(path).status()).isEqualTo(200);
        visitor.page().waitForSelector("h1", new Page.WaitForSelectorOptions().setState(attached()));
        assertThat(visitor.page().content()).doesNotContain("??");
        assertThat(visitor.overflows()).isFalse();
        assertThat(visitor.page().locator("img[src=x]").count()).isZero();
        assertThat(visitor.complaints()).isEmpty();
    }

    private static WaitForSelectorState attached() {
        return WaitForSelectorState.ATTACHED;
    }

    @Test
    void namesAreTextWhateverTheySay() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            visitor.page().navigate("/");
            var names = visitor.page().locator("tbody a.main").allTextContents();
            assertThat(names).contains(HOSTILE, "Sintel", "new\uFFFDline and \uFFFDgnp.exe");
            visitor.page().navigate("/packs/" + ready);
            assertThat(visitor.page().locator("h1").textContent()).isEqualTo(HOSTILE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/packs/none", "/downloads/none", "/nothing/here"})
    void whatIsNotThereSaysSo(String path) {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            assertThat(visitor.page().navigate(path).status()).isEqualTo(404);
            assertThat(visitor.page().locator("h1").textContent()).isEqualTo("Nothing here");
        }
    }

    @Test
    void searchFindsAsOneTypesAndKeepsTheAddress() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            page.navigate("/");
            page.keyboard().press("/");
            page.keyboard().type("sint");
            PlaywrightAssertions.assertThat(page.locator("#list a.main")).hasText(new String[] {"Sintel"});
            assertThat(page.url()).contains("q=sint");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void filesAreChosenInTheSidePanelAndSent() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            page.navigate("/?q=Sintel");
            page.click("a.main");
            page.locator("#panel summary input[name=only]").check();
            assertThat(page.locator("#panel [data-sum]").textContent()).isEqualTo("0.98 KiB");
            page.click("#panel button.primary");
            page.waitForSelector("#sheet .chosen");
            page.fill("#sheet [name=volumeSize]", "1m");
            page.click("#sheet button.primary");
            page.waitForSelector("[role=alert]");
            assertThat(page.locator("[role=alert]").textContent()).contains("5 MiB");
            page.fill("[name=volumeSize]", "10m");
            page.click("button.primary");
            page.waitForURL("**/packs/*");
            assertThat(page.locator("h1").textContent()).isEqualTo("Sintel");
            assertThat(page.locator(".facts").textContent()).contains("subs").contains("10.0 MiB");
            assertThat(page.locator(".copyline input").inputValue()).contains("/d/");
        }
    }

    @Test
    void aDialogHasANameAndGivesTheFocusBackWithoutAMouse() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            page.navigate("/?q=Sintel");
            var opener = page.locator("a.main");
            opener.focus();
            page.keyboard().press("Enter");
            PlaywrightAssertions.assertThat(page.locator("#panel")).isVisible();
            PlaywrightAssertions.assertThat(page.locator("#panel")).hasAccessibleName("Sintel");
            page.keyboard().press("Escape");
            PlaywrightAssertions.assertThat(page.locator("#panel")).isHidden();
            PlaywrightAssertions.assertThat(opener).isFocused();
        }
    }

    @Test
    void aPhoneLeadsToEveryPageToo() {
        try (var visitor = pages.signedIn(browser.phone(pages.address()))) {
            for (var title : List.of("About", "Change password")) {
                visitor.page().navigate("/");
                visitor.page().locator(".top [title='" + title + "']").click();
                visitor.page().waitForURL("**/" + (title.equals("About") ? "about" : "password"));
            }
        }
    }

    @Test
    void everythingIsReadAndDoneWithoutScripts() {
        try (var visitor = pages.signedIn(browser.withoutScripts(pages.address()))) {
            var page = visitor.page();
            page.navigate("/");
            page.fill("[name=q]", "img");
            page.click("noscript button, .toolbar button");
            page.waitForURL(address -> address.contains("q=img"));
            assertThat(page.locator("#list a.main").count()).isEqualTo(1);
            page.navigate("/packs/" + ready);
            page.click("#links form button");
            assertThat(page.locator(".notice").textContent()).contains("link is ready");
            assertThat(page.locator(".copyline input").first().inputValue()).contains("/d/");
        }
    }

    @Test
    void howFastUploadsMayBeIsSaidOnTheJobsPage() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            page.navigate("/jobs");
            assertThat(page.locator("#limit-rate").boundingBox().y)
                    .isEqualTo(page.locator("#limit-timetable").boundingBox().y);
            assertThat(page.locator("#limit").textContent()).contains("As fast as it goes", "As the settings say");
            page.fill("#limit-rate", "2m");
            page.fill("#limit-timetable", "daily 00:00-12:00 1m\n\ndaily 12:00-24:00 1m");
            page.click("#limit button");
            PlaywrightAssertions.assertThat(page.locator(".notice")).containsText("follow the new limit");
            assertThat(page.locator("#limit").textContent()).contains("At most 1.00 MiB/s", "Set here by ann");
            assertThat(page.inputValue("#limit-timetable")).isEqualTo("daily 00:00-12:00 1m\ndaily 12:00-24:00 1m");
            page.fill("#limit-rate", "3m");
            page.fill("#limit-timetable", "at night 1m");
            page.click("#limit button");
            PlaywrightAssertions.assertThat(page.locator(".notice.bad")).containsText("is no entry of a timetable");
            assertThat(page.inputValue("#limit-rate")).isEqualTo("3m");
            assertThat(page.inputValue("#limit-timetable")).isEqualTo("at night 1m");
            page.click("text=Back to the settings");
            PlaywrightAssertions.assertThat(page.locator("#limit")).containsText("As the settings say");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void nodesAreListedWhereThereAreSeveralAndLookedAtAgain() {
        try (var visitor = pages.signedIn(browser.visitor(pages.address()))) {
            var page = visitor.page();
            page.clock().install();
            page.navigate("/jobs");
            assertThat(page.locator("#list").textContent()).doesNotContain("Page and background work", "Nodes");
            pages.database()
                    .writes()
                    .sql("""
                            insert into nodes (id, name, host, pid, process_started_at, version, serves, works, started_at, seen_at)
                            values ('n7', 'box7', 'h', 7, 1, '0.1', ?, ?, 1, ?)""")
                    .params(false, true, System.currentTimeMillis())
                    .update();
            page.clock().runFor(16_000);
            PlaywrightAssertions.assertThat(page.locator("#list")).containsText("box7");
        } finally {
            pages.database().writes().sql("delete from nodes where id = 'n7'").update();
        }
    }

    @Test
    void aDestinationIsLookedAtWhenItIsAskedForAndSaysWhatIsWrong() {
        try (var visitor = pages.signedIn(browser.withoutScripts(pages.address()))) {
            var page = visitor.page();
            page.navigate("/home");
            page.click("main a:has-text('Destinations')");
            assertThat(page.locator("[data-destination=box]").textContent())
                    .contains("Not looked at", "s3://transpack/");
            page.click("[data-destination=box] button:has-text('Look again')");
            assertThat(page.locator(".notice").first().textContent()).contains("what is wrong stands below");
            assertThat(page.locator("[data-destination=box] [role=alert]").textContent())
                    .contains("put: nothing answers at http://127.0.0.1:1: mend destinations.box.endpoint");
        }
    }

    @Test
    void whatADestinationHoldsAndWhatIsToComeAreTwoFigures() throws Exception {
        var pack = pages.pack("Half", "SENDING");
        pages.volume(pack, 0, "a.rar", 3000);
        pages.part(pack, 0, 1);
        pages.database()
                .writes()
                .sql("update packs set destination = 'box' where id = ?")
                .param(pack)
                .update();
        var ann = pages.server().browser();
        ann.signIn(PageFixture.NAME, WebServer.PASSWORD);
        assertThat(ann.get("/destinations").body())
                .containsPattern("Used by packs</dt><dd>0.98 KiB</dd>")
                .containsPattern("Still to come of packs on their way</dt><dd[^>]*>2.93 KiB</dd>");
    }

    @Test
    void assetsAreKeptForAYearUnderTheHashOfTheirContent() throws Exception {
        var visitor = pages.server().browser();
        var style = visitor.get("/login").body().replaceAll("(?s).*href=\"(/assets/app-[0-9a-f]{32}\\.css)\".*", "$1");
        var answer = visitor.get(style);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("max-age=31536000", "immutable");
    }
}
