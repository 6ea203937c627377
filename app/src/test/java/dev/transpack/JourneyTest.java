package dev.transpack;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.transpack.fixtures.Browser;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TestTorrent;
import dev.transpack.fixtures.TransmissionDaemon;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.fixtures.WebSeed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The main job as a person does it, on real parts: a torrent completes in a real daemon, is sent from the page to a
/// real
/// S3 server, fetched through its link, unpacked, compared, marked as home and purged.
@Timeout(240)
class JourneyTest {
    private static final String NAME = "Big Film (2026)";
    private static final String SEND = ".go a:has-text('Send')";
    private static final Locator.WaitForOptions ATTACHED =
            new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
    private static final String NEIGHBOUR = "Neighbour that stays";

    @TempDir
    Path home;

    @Test
    void aFinishedTorrentGetsHomeAndIsPurgedAndNothingElseIsTouched() throws Exception {
        var seedFolder = Files.createDirectories(home.resolve("seed"));
        film(seedFolder.resolve(NAME));
        try (var s3 = S3Server.start();
                var daemon = TransmissionDaemon.start(home.resolve("box"));
                var seed = WebSeed.held(seedFolder)) {
            var bucket = s3.newBucket();
            Folders.film(daemon.downloads(), NEIGHBOUR);
            Files.writeString(s3.directory().resolve(bucket).resolve("stranger.txt"), "not ours");
            try (var transpack = TranspackProcess.start(home, settings(s3, bucket, daemon), "serve", "--port", "0");
                    var browser = Browser.start();
                    var visitor = browser.visitor(transpack.printed("page").replaceAll("/$", ""))) {
                var page = signIn(visitor, transpack);
                var hash = daemon.add(TestTorrent.of(seedFolder.resolve(NAME)).from(seed.url()));
                incompleteIsRefused(page);
                seed.release();
                daemon.awaitDone(hash);
                send(page);
                seeProgressMove(page);
                var link = link(page);
                fetchAndCompare(link, seedFolder.resolve(NAME));
                purge(page);
                Eventually.until(
                        "torrent and data are gone",
                        () -> daemon.client().torrent(hash).isEmpty()
                                && Files.notExists(daemon.downloads().resolve(NAME)));
                assertThat(s3.filesIn(bucket)).containsExactly("stranger.txt");
                assertThat(daemon.downloads().resolve(NEIGHBOUR)).isNotEmptyDirectory();
                assertThat(get(link).statusCode()).isEqualTo(404);
                assertThat(visitor.complaints()).isEmpty();
            }
        }
    }

    /// Names that a daemon fetches through a web seed; harder ones go the way of loose files in [HostileNamesTest].
    private static void film(Path folder) {
        Folders.file(folder, "film.mkv", 9 << 20);
        Folders.file(folder, "Sample/sample.mkv", 200_000);
        Folders.file(folder, "film.nfo", 1_234);
    }

    private static Map<String, String> settings(S3Server s3, String bucket, TransmissionDaemon daemon) {
        var rpc = daemon.connection();
        return Map.of(
                "TRANSPACK_TRANSMISSION_URL",
                rpc.url().toString(),
                "TRANSPACK_TRANSMISSION_USERNAME",
                rpc.username(),
                "TRANSPACK_TRANSMISSION_PASSWORD",
                rpc.password().reveal(),
                "TRANSPACK_DESTINATIONS_BOX_ENDPOINT",
                s3.endpoint().toString(),
                "TRANSPACK_DESTINATIONS_BOX_BUCKET",
                bucket,
                "TRANSPACK_DESTINATIONS_BOX_ACCESS_KEY",
                S3Server.ACCESS_KEY,
                "TRANSPACK_DESTINATIONS_BOX_SECRET_KEY",
                S3Server.SECRET_KEY,
                "TRANSPACK_PACK_VOLUME_SIZE",
                "5m",
                "TRANSPACK_UPLOAD_PART_SIZE",
                "5m",
                "TRANSPACK_UPLOAD_RATE_LIMIT",
                "2m");
    }

    private static Page signIn(Browser.Visitor visitor, TranspackProcess transpack) throws Exception {
        return visitor.signInFirst(transpack.printed("user"), transpack.printed("password"));
    }

    private static void incompleteIsRefused(Page page) throws Exception {
        var row = row(page, "the torrent is listed", found -> found.count() > 0);
        assertThat(row.locator(SEND).count()).as(row.innerHTML()).isZero();
    }

    private static void send(Page page) throws Exception {
        row(
                        page,
                        "the finished torrent can be sent",
                        found -> found.locator(SEND).count() > 0)
                .locator(SEND)
                .click();
        page.locator("form[action$='/send'] button.primary").click();
        page.waitForURL(address -> address.contains("/packs/"));
    }

    /// The torrent's row, once it is as it should be; the list is remembered for a moment.
    private static Locator row(Page page, String what, Predicate<Locator> wanted) throws Exception {
        var row = page.locator("#list tr", new Page.LocatorOptions().setHasText(NAME));
        Eventually.until(what, () -> {
            page.navigate("/");
            return wanted.test(row);
        });
        return row;
    }

    /// The upload is slowed down: the figure must be seen to grow, without the page being loaded again.
    private static void seeProgressMove(Page page) throws Exception {
        page.evaluate("window.sameDocument = true");
        Eventually.until("the upload is seen to go", () -> percent(page) > 5);
        var first = percent(page);
        Eventually.until("the upload is seen to move", () -> percent(page) > first);
        page.waitForSelector("text=In the bucket, verified and sealed");
        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
    }

    private static double percent(Page page) {
        var shown = page.locator("[data-fact=percent]");
        var figure = shown.count() == 0 ? "" : shown.first().textContent().replaceAll("[^0-9.]", "");
        return figure.isEmpty() ? 0 : Double.parseDouble(figure);
    }

    private static URI link(Page page) {
        var address = page.locator("#links input[readonly]").first().inputValue();
        assertThat(address).contains("/d/");
        return URI.create(address);
    }

    private void fetchAndCompare(URI link, Path original) throws Exception {
        var volumes = Files.createDirectories(home.resolve("volumes"));
        try (var http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            for (var name : volumeNames(link)) {
                var address = URI.create(link + "/"
                        + name.replace(" ", "%20").replace("(", "%28").replace(")", "%29"));
                var answer =
                        http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofFile(volumes.resolve(name)));
                assertThat(answer.statusCode()).isEqualTo(200);
            }
        }
        Extracted.byUnrar(volumes, home.resolve("extracted")).isSameAs(original);
    }

    private static List<String> volumeNames(URI link) throws Exception {
        var names = get(URI.create(link + "/checksums.sfv"))
                .body()
                .lines()
                .filter(line -> !line.startsWith(";"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();
        assertThat(names).hasSize(2).allMatch(name -> name.startsWith(NAME));
        return names;
    }

    private static java.net.http.HttpResponse<String> get(URI address) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }

    private static void purge(Page page) {
        page.locator("button:has-text('Mark as home')").first().click();
        page.locator("a:has-text('Purge')").first().click();
        for (var from : List.of("bucket", "disk", "torrent")) check(page, from);
        assertThat(page.locator("main").textContent()).contains("marked the pack as home");
        assertThat(page.locator("#typed").count())
                .as("nothing speaks against it")
                .isZero();
        var button = page.locator("form[method=post] button.danger");
        button.click();
        button.click();
        page.waitForURL(address -> !address.contains("/purge"));
    }

    /// Waits until the plan is one for that too.
    private static void check(Page page, String from) {
        var box = page.locator("input[type=checkbox][name=from][value=" + from + "]");
        if (!box.isChecked()) box.click();
        page.locator("input[type=hidden][name=from][value=" + from + "]").waitFor(ATTACHED);
    }
}
