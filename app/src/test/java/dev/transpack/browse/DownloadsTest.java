package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TestTorrent;
import dev.transpack.fixtures.TransmissionDaemon;
import dev.transpack.fixtures.WebSeed;
import dev.transpack.transmission.InfoHash;
import dev.transpack.transmission.TorrentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Torrents of a real daemon and what lies around them, put together.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DownloadsTest {
    private TransmissionDaemon daemon;
    private Path folder;
    private BrowseFixture browse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        var real = home.toRealPath();
        daemon = TransmissionDaemon.start(real);
        folder = daemon.downloads();
        browse = BrowseFixture.open(
                real.resolve("test.db"), new BrowseSettings(null, new PathMap(List.of())), daemon.connection());
    }

    @AfterAll
    void stop() {
        browse.close();
        daemon.close();
    }

    @Test
    void aFinishedTorrentIsReady() throws Exception {
        Folders.film(folder, "finished film");
        var hash = daemon.client()
                .add(
                        TestTorrent.of(folder.resolve("finished film")).metainfo(),
                        folder.toString(),
                        false,
                        List.of("home"));
        daemon.awaitDone(hash);

        var download = browse.measured("finished film");

        assertThat(download.readiness().ready()).isTrue();
        assertThat(download.kind()).isEqualTo(Download.Kind.FOLDER);
        assertThat(download.content().bytes()).isEqualTo(151_000);
        assertThat(download.content().files()).isEqualTo(3);
        assertThat(download.labels()).containsExactly("home");
        assertThat(download.seeding()).isTrue();
        assertThat(download.belongsTo(hash)).isTrue();
        assertThat(download.torrent().orElseThrow().hash()).isEqualTo(hash);
        assertReadyAt(download, folder.resolve("finished film"));
        assertThat(browse.downloads.find(download.id()).orElseThrow().name()).isEqualTo("finished film");
    }

    @Test
    void anUnfinishedTorrentIsShownAndRefusedUntilItIsComplete(@TempDir Path far) throws IOException {
        var film = Folders.file(far, "far film.mkv", 200_000);
        try (var seed = WebSeed.held(far)) {
            var hash = daemon.add(TestTorrent.of(film).from(seed.url()));
            daemon.await(hash, torrent -> torrent.progress().status().equals(TorrentStatus.DOWNLOADING));
            var before = of(hash);
            assertThat(before.readiness()).isInstanceOf(Readiness.Downloading.class);
            assertThat(before.content().bytes()).isEqualTo(200_000);
            assertRefused(before, "Transmission has 0.0 % of it");

            seed.release();
            daemon.awaitDone(hash);

            var after = of(hash);
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.kind()).isEqualTo(Download.Kind.FILE);
            assertReadyAt(after, folder.resolve("far film.mkv"));
        }
    }

    @Test
    void aPartialFileIsTheUnfinishedDownloadItself(@TempDir Path far) throws IOException {
        var film = Folders.file(far, "half.mkv", 200_000);
        Files.copy(film, folder.resolve("half.mkv.part"));
        try (var channel = Files.newByteChannel(folder.resolve("half.mkv.part"), StandardOpenOption.WRITE)) {
            channel.truncate(100_000);
        }

        var hash = daemon.add(TestTorrent.of(film));
        daemon.await(
                hash,
                torrent -> torrent.progress().left() < 200_000
                        && !torrent.progress().status().isChecking());

        assertRefused(of(hash), "Transmission has");
        assertThat(browse.look().downloads())
                .filteredOn(download -> download.name().startsWith("half.mkv"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            value = {
                "say \"cheese\",say _cheese_",
                "$(touch x),$(touch x)",
                "\"; rm -rf .,_; rm -rf",
                "<img src=x onerror=alert(1)>,_img src=x onerror=alert(1)_",
                "../../x,.._.._x",
                "emoji 🎬 film,emoji 🎬 film",
                "🎬\"quoted\",🎬_quoted_",
                "schön,schön"
            })
    void anOddNameIsFoundOnTheDisk(String name, String onDisk) throws IOException {
        Folders.film(folder, onDisk);
        var hash = daemon.seed(TestTorrent.of(folder.resolve(onDisk)).named(name));

        var download = of(hash);

        assertThat(download.name()).isEqualTo(onDisk);
        assertReadyAt(download, folder.resolve(onDisk));
        assertThat(browse.look().downloads())
                .filteredOn(other -> other.name().equals(onDisk))
                .hasSize(1);
    }

    @Test
    void namesOf255BytesAreFound() throws IOException {
        for (var name : List.of("x".repeat(255), "🎬".repeat(63) + "abc")) {
            Folders.file(folder, name, 70_000);
            var hash = daemon.seed(name);
            assertReadyAt(of(hash), folder.resolve(name));
        }
    }

    @Test
    void aLooseTwinIsNotTakenForTheTorrent() throws IOException {
        Folders.film(folder, "the _twin_");
        Folders.file(folder, "the \"twin\"", 10);
        var hash = daemon.seed(TestTorrent.of(folder.resolve("the _twin_")).named("the \"twin\""));

        assertReadyAt(of(hash), folder.resolve("the _twin_"));
        assertThat(browse.the("the \"twin\"").torrents()).isEmpty();
    }

    @Test
    void aLooseTwinIsNotTakenForAMissingTorrent() throws IOException {
        Folders.file(folder, "lost _twin_", 70_000);
        Folders.file(folder, "lost \"twin\"", 10);
        var hash = daemon.seed(TestTorrent.of(folder.resolve("lost _twin_")).named("lost \"twin\""));
        Files.delete(folder.resolve("lost _twin_"));

        assertThat(of(hash).readiness()).isInstanceOf(Readiness.Missing.class);
        assertReadyAt(
                browse.look().downloads().stream()
                        .filter(other -> other.name().equals("lost \"twin\"")
                                && other.torrents().isEmpty())
                        .findFirst()
                        .orElseThrow(),
                folder.resolve("lost \"twin\""));
    }

    @Test
    void sizesTellATorrentFromATwinWhoseNameIsToldAlike() throws IOException {
        Folders.film(folder, "twin 🎬");
        Folders.file(folder, "twin \u1f3ac", 10);
        var hash = daemon.seed("twin 🎬");

        assertReadyAt(of(hash), folder.resolve("twin 🎬"));
        assertThat(browse.the("twin \u1f3ac").torrents()).isEmpty();
    }

    @Test
    void anUnfinishedTorrentThatFitsTwoEntriesLeavesBothInDoubt(@TempDir Path far) throws IOException {
        Folders.file(folder, "doubt 🎬", 10);
        Folders.file(folder, "doubt \u1f3ac", 10);
        var hash = daemon.add(TestTorrent.of(Folders.file(far, "doubt 🎬", 70_000)));
        daemon.await(hash, torrent -> !torrent.progress().status().isChecking());

        assertRefused(browse.the("doubt 🎬"), "fits several entries");
        assertRefused(browse.the("doubt \u1f3ac"), "fits several entries");
    }

    @Test
    void aTorrentWhoseDataIsGoneIsShownSo() throws IOException {
        Folders.file(folder, "gone.bin", 70_000);
        var hash = daemon.seed("gone.bin");
        var before = of(hash).id();
        Files.delete(folder.resolve("gone.bin"));

        var download = of(hash);

        assertThat(download.id()).isEqualTo(before);
        assertThat(download.readiness()).isInstanceOf(Readiness.Missing.class);
        assertRefused(download, "is not in " + folder);
    }

    @Test
    void looseEntriesAreListed() throws Exception {
        Folders.film(folder, "loose film");
        Folders.file(folder, "loose.bin", 12_345);
        Folders.file(folder, "browser.zip.part", 10);

        assertThat(browse.measured("loose film").content()).satisfies(content -> {
            assertThat(content.bytes()).isEqualTo(151_000);
            assertThat(content.files()).isEqualTo(3);
        });
        assertThat(browse.the("loose.bin").content().bytes()).isEqualTo(12_345);
        assertReadyAt(browse.the("loose film"), folder.resolve("loose film"));
        assertReadyAt(browse.the("loose.bin"), folder.resolve("loose.bin"));
        assertRefused(browse.the("browser.zip.part"), "ends in .part");
    }

    @Test
    void aLinkIsAsReadyAsWhatItLeadsTo(@TempDir Path far) throws IOException {
        Folders.film(folder, "linked film");
        daemon.seed("linked film");
        Files.createSymbolicLink(folder.resolve("link to a film"), Path.of("linked film"));
        var hash = daemon.add(TestTorrent.of(Folders.film(far, "unfinished film")));
        daemon.await(hash, torrent -> !torrent.progress().status().isChecking());
        Folders.file(folder, "unfinished film/film.mkv", 10);
        Files.createSymbolicLink(folder.resolve("link to a half"), Path.of("unfinished film"));

        assertReadyAt(browse.the("link to a film"), folder.resolve("linked film"));
        assertRefused(browse.the("link to a half"), "Transmission has 0.0 % of it");
    }

    @Test
    void aFolderOfDownloadsIsLookedInto() throws IOException {
        var series = Files.createDirectories(folder.resolve("tv/series"));
        Folders.film(series, "episode 1");
        Folders.film(series, "loose episode");
        Folders.file(folder.resolve("tv"), "loose.txt", 10);
        var hash = daemon.add(TestTorrent.of(series.resolve("episode 1")), series);
        daemon.awaitDone(hash);

        assertReadyAt(of(hash), series.resolve("episode 1"));
        assertReadyAt(browse.the("loose episode"), series.resolve("loose episode"));
        assertReadyAt(browse.the("loose.txt"), folder.resolve("tv/loose.txt"));
        assertThat(browse.look().downloads())
                .extracting(Download::name)
                .doesNotContain("tv", "series", "downloads", "etc");
    }

    @Test
    void aTorrentOutsideTheFolderIsShownAndRefused(@TempDir Path outside) throws IOException {
        Folders.film(outside, "outside film");
        var hash = daemon.add(TestTorrent.of(outside.resolve("outside film")), outside);
        daemon.awaitDone(hash);

        assertRefused(of(hash), "set downloads.path-map");
        assertThat(browse.look().downloads()).extracting(Download::name).doesNotContain("transmission", "etc");
        assertThat(browse.downloads.files(of(hash).id())).isEmpty();
    }

    @Test
    void torrentsThatShareFilesAreNamed() throws Exception {
        Folders.film(folder, "shared film");
        var whole = daemon.seed("shared film");
        var film = TestTorrent.of(folder.resolve("shared film/film.mkv"));
        var inside = daemon.add(film, folder.resolve("shared film"));
        daemon.awaitDone(inside);
        Folders.film(folder, "shared film 2");
        var other = daemon.seed("shared film 2");

        var sharing = browse.downloads.torrentsSharing(folder.resolve("shared film"));

        assertThat(sharing).extracting(torrent -> torrent.hash()).containsExactlyInAnyOrder(whole, inside);
        assertThat(browse.downloads.torrentsSharing(folder.resolve("shared film/film.mkv")))
                .hasSize(2);
        assertThat(browse.downloads.torrentsSharing(folder.resolve("shared film 2")))
                .extracting(torrent -> torrent.hash())
                .containsExactly(other);
        assertThat(browse.look().downloads()).extracting(Download::name).doesNotContain("subs", "empty.nfo");
    }

    @Test
    void aTorrentIsPurgedByWhatWasLocated() throws IOException {
        Folders.film(folder, "to be purged \"now\"".replace('"', '_'));
        var hash =
                daemon.seed(TestTorrent.of(folder.resolve("to be purged _now_")).named("to be purged \"now\""));
        var location = (Location.Ready) browse.downloads.locate(of(hash).id());

        daemon.client().removeWithData(hash, () -> Files.notExists(location.path()));

        assertThat(folder.resolve("to be purged _now_")).doesNotExist();
        browse.look();
        assertThat(browse.downloads.locate(location.download().id()))
                .isEqualTo(new Location.NotReady("it is not in the download folder any more"));
    }

    private Download of(InfoHash hash) {
        var found = browse.look().downloads().stream()
                .filter(download -> download.belongsTo(hash))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private void assertReadyAt(Download download, Path path) {
        assertThat((Location.Ready) browse.downloads.locate(download.id()))
                .satisfies(
                        ready -> assertThat(ready.path()).isEqualTo(path),
                        ready -> assertThat(ready.download()).isEqualTo(download));
    }

    private void assertRefused(Download download, String reason) {
        assertThat(download.readiness().ready()).isFalse();
        assertThat(browse.downloads.locate(download.id()))
                .isInstanceOfSatisfying(
                        Location.NotReady.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }
}
