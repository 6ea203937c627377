package dev.transpack.transmission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TestTorrent;
import dev.transpack.fixtures.TransmissionDaemon;
import dev.transpack.fixtures.WebSeed;
import dev.transpack.transmission.TransmissionException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract on a real transmission-daemon, and what only a real one does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransmissionDaemonTest extends TransmissionContract {
    private TransmissionDaemon daemon;

    @BeforeAll
    void start(@TempDir Path home) {
        daemon = TransmissionDaemon.start(home);
    }

    @AfterAll
    void stop() {
        daemon.close();
    }

    @Override
    TransmissionSettings connection() {
        return daemon.connection();
    }

    @Override
    Transmission transmission() {
        return daemon.client();
    }

    @Override
    Path downloads() {
        return daemon.downloads();
    }

    @Override
    void awaitDone(InfoHash hash) {
        daemon.awaitDone(hash);
    }

    @Override
    void changeSessionId() {
        daemon.restart();
    }

    @Override
    String version() {
        return "3.00";
    }

    @Test
    void aTorrentIsDoneOnlyWhenTheWebSeedHasGivenAll(@TempDir Path far) throws IOException {
        var film = Folders.film(far, "far film");
        try (var seed = WebSeed.held(far)) {
            var hash = daemon.add(TestTorrent.of(film).from(seed.url()));
            assertThat(transmission().torrent(hash).orElseThrow().done()).isFalse();

            seed.release();
            daemon.awaitDone(hash);

            assertThat(downloads().resolve("far film/film.mkv")).hasSameBinaryContentAs(film.resolve("film.mkv"));
            assertThat(transmission().torrent(hash).orElseThrow().progress().doneAt())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"say \"cheese\"", "$(touch x)", "<img src=x onerror=alert(1)>", "../../x", "two\nlines", "é"})
    void anOddNameIsToldAsItIs(String name) throws IOException {
        var hash =
                add(TestTorrent.of(Folders.file(downloads(), "odd.bin", 40_000)).named(name));

        assertThat(transmission().torrent(hash).orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void aNameBeyondTheBasicPlaneIsToldWronglyAndStillWorks() throws IOException {
        // 3.00 writes \u1f3ac for U+1F3AC, which JSON reads as two characters.
        var hash = add(TestTorrent.of(Folders.file(downloads(), "film 🎬", 40_000)));

        assertThat(transmission().torrent(hash).orElseThrow().name()).isEqualTo("film \u1f3ac");
    }

    @Test
    void whatTheDaemonRefusesIsSaid() {
        assertThatThrownBy(() ->
                        transmission().add(new byte[] {'d', 'e'}, downloads().toString(), false, List.of()))
                .hasMessage("Transmission could not do it: invalid or corrupt torrent file.")
                .isInstanceOfSatisfying(
                        TransmissionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED));
    }
}
