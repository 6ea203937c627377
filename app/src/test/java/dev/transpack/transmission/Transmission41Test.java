package dev.transpack.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TestTorrent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract on the newer spelling.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Transmission41Test extends TransmissionContract {
    private FakeTransmission41 fake;
    private Transmission transmission;
    private Path downloads;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        downloads = Files.createDirectories(home.resolve("downloads"));
        fake = new FakeTransmission41(downloads, Files.createDirectories(home.resolve("torrents")));
        transmission = new Transmission(fake.connection());
    }

    @AfterAll
    void stop() {
        transmission.close();
        fake.close();
    }

    @Override
    TransmissionSettings connection() {
        return fake.connection();
    }

    @Override
    Transmission transmission() {
        return transmission;
    }

    @Override
    Path downloads() {
        return downloads;
    }

    @Override
    void awaitDone(InfoHash hash) {
        // The fake has a torrent done at once when its data is there.
    }

    @Override
    void changeSessionId() {
        fake.changeSessionId();
    }

    @Override
    String version() {
        return "4.1.0";
    }

    @Test
    void anEmojiIsToldAsItIs() throws IOException {
        var hash = add(TestTorrent.of(Folders.file(downloads, "film 🎬", 40_000)));

        assertThat(transmission.torrent(hash).orElseThrow().name()).isEqualTo("film 🎬");
    }
}
