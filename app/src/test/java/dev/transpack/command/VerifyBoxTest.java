package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Folders;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `transpack verify` of packs that are served from this box.
@Timeout(240)
class VerifyBoxTest {
    @TempDir
    Path folder;

    private Path film;
    private Path config;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        var downloads = Files.createDirectory(folder.resolve("downloads"));
        film = Folders.file(Folders.film(downloads, "Sintel"), "big film.mkv", 12 << 20);
        config = Files.writeString(folder.resolve("client.yml"), "data-dir: '" + folder.resolve("data") + "'\n");
        server = Server.start(
                AppSettings.read(SettingsSource.of(Map.of(
                        "data-dir",
                        folder.resolve("data").toString(),
                        "server.port",
                        "0",
                        "transmission.url",
                        "none",
                        "downloads.dir",
                        downloads.toString()))),
                Server.Role.WEB_AND_WORKER);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rar", "zip", "files"})
    void whatIsServedIsWhatWasSealed(String format) {
        send("--format", format);
        for (var how : List.of(List.of("verify", "Sintel"), List.of("verify", "Sintel", "--quick"))) {
            var verified = run(how.toArray(String[]::new));
            assertThat(verified.exitCode()).as(verified.err()).isZero();
        }
        assertThat(run("packs", "--json").json().path(0).path("grade").isNull())
                .as("it is no copy, so nothing of it is proven")
                .isTrue();
    }

    @Test
    void aChangedSourceIsNamedUntilItIsPutBack() throws Exception {
        send("--volume-size", "5m");
        var before = Files.getLastModifiedTime(film);
        Files.setLastModifiedTime(film, FileTime.fromMillis(before.toMillis() + 2_000));
        for (var how : List.of(List.of("verify", "Sintel"), List.of("verify", "Sintel", "--quick"))) {
            var damaged = run(how.toArray(String[]::new));
            assertThat(damaged.exitCode()).isEqualTo(1);
            assertThat(damaged.err())
                    .contains("'Sintel' is damaged. 'Sintel/big film.mkv' is no longer what was packed")
                    .contains("Put the files back as they were and verify it again, or send the download again.");
        }
        Files.setLastModifiedTime(film, before);
        assertThat(run("verify", "Sintel").exitCode()).isZero();
        var pack = run("packs", "--json").json().path(0);
        assertThat(pack.path("damage").isNull()).isTrue();
        assertThat(pack.path("error").isNull()).isTrue();
    }

    @Test
    void changedContentOfTheSameSizeAndTimeIsFoundByReading() throws Exception {
        send("--volume-size", "1g");
        var before = Files.getLastModifiedTime(film);
        var bytes = Files.readAllBytes(film);
        bytes[7 << 20] ^= 1;
        Files.write(film, bytes);
        Files.setLastModifiedTime(film, before);
        var damaged = run("verify", "Sintel");
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.err())
                .contains("'Sintel.rar' would be served with other bytes than were sealed")
                .contains("big film.mkv");
    }

    private void send(String... more) {
        var line = new ArrayList<>(List.of("send", "Sintel", "--wait"));
        line.addAll(List.of(more));
        var sent = run(line.toArray(String[]::new));
        assertThat(sent.exitCode()).as(sent.out() + sent.err()).isZero();
    }

    private CommandRun run(String... line) {
        var all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.port(), "--config", config.toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
