package dev.transpack.transmission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TestTorrent;
import dev.transpack.settings.Secret;
import dev.transpack.transmission.TransmissionException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the product relies on, whatever daemon answers.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransmissionContract {

    abstract TransmissionSettings connection();

    abstract Transmission transmission();

    abstract Path downloads();

    /// Waits until the torrent seeds.
    abstract void awaitDone(InfoHash hash);

    /// Makes every session id that was given out so far invalid.
    abstract void changeSessionId();

    abstract String version();

    @Test
    void tellsItsVersionFoldersAndLimits() throws IOException {
        var session = transmission().session();

        assertThat(session.version()).startsWith(version());
        assertThat(session.downloadDir()).isEqualTo(downloads().toString());
        assertThat(session.incompleteDir()).isEmpty();
        assertThat(session.seedLimits()).isEqualTo(new SeedLimits(SeedLimits.NONE, SeedLimits.NONE));
    }

    @Test
    void aTorrentOverItsDataIsDone() throws IOException {
        var film = Folders.film(downloads(), "done film");
        var hash = add(TestTorrent.of(film));
        awaitDone(hash);

        var torrent = transmission().torrent(hash).orElseThrow();

        assertThat(torrent.done()).isTrue();
        assertThat(torrent.name()).isEqualTo("done film");
        assertThat(torrent.progress().fraction()).isEqualTo(1);
        assertThat(torrent.progress().totalSize()).isEqualTo(151_000);
        assertThat(torrent.progress().sizeWhenDone()).isEqualTo(151_000);
        assertThat(torrent.progress().error()).isEmpty();
        assertThat(torrent.place().downloadDir()).isEqualTo(downloads().toString());
        assertThat(torrent.seeding().ratio()).isZero();
        assertThat(torrent.seeding().unmet(transmission().session().seedLimits(), Instant.now()))
                .isEmpty();
        assertThat(transmission().torrents()).contains(torrent);
    }

    @Test
    void aTorrentWithoutItsDataIsNotDone(@TempDir Path elsewhere) throws IOException {
        var hash = add(TestTorrent.of(Folders.film(elsewhere, "missing film")));

        var torrent = transmission().torrent(hash).orElseThrow();

        assertThat(torrent.done()).isFalse();
        assertThat(torrent.progress().fraction()).isZero();
        assertThat(torrent.progress().left()).isEqualTo(151_000);
    }

    @Test
    void listsTheFilesOfATorrent() throws IOException {
        var hash = add(TestTorrent.of(Folders.film(downloads(), "files film")));
        awaitDone(hash);

        assertThat(transmission().files(hash))
                .containsExactly(
                        new TorrentFile("files film/empty.nfo", 0, 0, true),
                        new TorrentFile("files film/film.mkv", 150_000, 150_000, true),
                        new TorrentFile("files film/subs/en.srt", 1_000, 1_000, true));
    }

    @Test
    void keepsLabels() throws IOException {
        var film = Folders.film(downloads(), "labelled film");
        var hash = transmission()
                .add(TestTorrent.of(film).metainfo(), downloads().toString(), false, List.of("home", "für später"));

        assertThat(transmission().torrent(hash).orElseThrow().labels()).containsExactly("home", "für später");
    }

    @Test
    void aTorrentAddedTwiceIsOne() throws IOException {
        var torrent = TestTorrent.of(Folders.file(downloads(), "twice.bin", 70_000));

        assertThat(add(torrent)).isEqualTo(add(torrent)).isEqualTo(new InfoHash(torrent.hash()));
    }

    @Test
    void removingLeavesTheData() throws IOException {
        var hash = add(TestTorrent.of(Folders.film(downloads(), "kept film")));
        awaitDone(hash);

        transmission().remove(hash);

        assertThat(transmission().torrent(hash)).isEmpty();
        assertThat(downloads().resolve("kept film/film.mkv")).exists();
    }

    @Test
    void removingWithDataReturnsWhenTheFilesAreGone() throws IOException {
        var film = Folders.film(downloads(), "purged film");
        var bystander = Folders.film(downloads(), "purged film 2");
        var hash = add(TestTorrent.of(film));
        awaitDone(hash);

        transmission().removeWithData(hash, () -> !Files.exists(film));

        assertThat(transmission().torrent(hash)).isEmpty();
        assertThat(film).doesNotExist();
        assertThat(bystander.resolve("film.mkv")).exists();
    }

    @Test
    void removingWhatIsGoneIsWell() throws IOException {
        var unknown = new InfoHash("0".repeat(40));

        transmission().removeWithData(unknown, () -> true);

        assertThat(transmission().torrent(unknown)).isEmpty();
        assertThatThrownBy(() -> transmission().files(unknown))
                .isInstanceOfSatisfying(
                        TransmissionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_TORRENT));
    }

    @Test
    void givesTheTorrentFileBack() throws IOException {
        var torrent = TestTorrent.of(Folders.file(downloads(), "given back.bin", 70_000));
        var hash = add(torrent);

        assertThat(transmission()
                        .metainfo(hash, name -> Optional.of(Path.of(name)))
                        .orElseThrow())
                .isEqualTo(torrent.metainfo());
        assertThat(transmission().metainfo(hash, name -> Optional.of(Path.of("/nowhere" + name))))
                .isEmpty();
        assertThat(transmission().metainfo(hash, name -> Optional.of(Path.of("/etc/passwd"))))
                .isEmpty();
    }

    @Test
    void goesOnWhenTheSessionIdChanges() throws IOException {
        transmission().session();
        changeSessionId();

        assertThat(transmission().session().version()).startsWith(version());
    }

    @Test
    void aWrongPasswordIsSaid() {
        var right = connection();
        var wrong = new TransmissionSettings(right.url(), right.username(), new Secret("wrong"));
        var none = new TransmissionSettings(right.url(), "", null);

        assertRefused(wrong, "correct transmission.username and transmission.password");
        assertRefused(none, "set transmission.username and transmission.password");
    }

    private static void assertRefused(TransmissionSettings settings, String remedy) {
        try (var transmission = new Transmission(settings)) {
            assertThatThrownBy(transmission::torrents)
                    .hasMessageContaining(remedy)
                    .isInstanceOfSatisfying(
                            TransmissionException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_PASSWORD));
        }
    }

    InfoHash add(TestTorrent torrent) throws TransmissionException {
        return transmission().add(torrent.metainfo(), downloads().toString(), false, List.of());
    }
}
