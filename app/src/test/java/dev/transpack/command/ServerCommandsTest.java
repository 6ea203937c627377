package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.fixtures.PackRow;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Commands against a server on which nothing moves by itself, and whose destinations are away.
@Timeout(120)
class ServerCommandsTest {
    @TempDir
    static Path folder;

    private static Server server;
    private static Path config;

    @BeforeAll
    static void start() throws Exception {
        var settings = new HashMap<>(Map.of(
                "data-dir",
                folder.resolve("data").toString(),
                "server.port",
                "0",
                "transmission.url",
                "none",
                "downloads.dir",
                Files.createDirectory(folder.resolve("downloads")).toString(),
                "destinations.a.default",
                "true"));
        for (var name : new String[] {"a", "b"})
            settings.putAll(Map.of(
                    "destinations." + name + ".bucket",
                    "bucket",
                    "destinations." + name + ".endpoint",
                    "http://127.0.0.1:1",
                    "destinations." + name + ".access-key",
                    "key",
                    "destinations." + name + ".secret-key",
                    "secret"));
        server = Server.start(AppSettings.read(SettingsSource.of(settings)), Server.Role.WEB);
        config = Files.writeString(folder.resolve("client.yml"), "data-dir: '" + folder.resolve("data") + "'\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aDestinationThatIsAwayHidesNoOther() {
        for (var mode : new String[][] {{"leftovers"}, {"leftovers", "--abort"}}) {
            var run = run(mode);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("a: ", "b: ", "nothing answers at http://127.0.0.1:1");
            var document =
                    run(Stream.concat(Arrays.stream(mode), Stream.of("--json")).toArray(String[]::new));
            assertThat(document.exitCode()).isEqualTo(1);
            assertThat(document.json().path(1).path("destination").asString()).isEqualTo("b");
            assertThat(document.json().path(1).path("problem").asString()).contains("nothing answers");
        }
    }

    @Test
    void allPacksAreCancelledAndTriedAgain() {
        assertThat(run("cancel", "--all").out()).startsWith("no packs: ");
        var database = server.part(Database.class);
        var pack = PackRow.of("Film", folder).insert(database);
        database.writes().sql("""
                        insert into jobs (id, kind, version, subject, payload, state, fence, attempts, cancel_requested,
                                          done_bytes, total_bytes, bytes_per_second, created_at)
                        values ('job', 'send-pack', 1, ?, '{}', 'WAITING', 1, 1, ?, 0, 0, 0, 1)""").params(pack, false).update();
        assertThat(run("retry", "--all").out()).isEqualTo("1 pack: sent again.\n");
        assertThat(job("state")).isEqualTo("QUEUED");
        assertThat(run("cancel", "--all").out()).isEqualTo("1 pack: cancelled; what had been sent is removed.\n");
        assertThat(job("cancel_requested")).isIn("1", "true");
    }

    @Test
    void aClockThatIsAheadShowsNoNegativeTime() {
        var until = JsonMapper.builder().build().readTree("\"2026-11-23T10:00:00Z\"");
        assertThat(LimitCommand.still(until, Instant.parse("2026-11-23T09:00:00Z")))
                .isEqualTo(", for another 1 h");
        assertThat(LimitCommand.still(until, Instant.parse("2026-11-23T10:00:05Z")))
                .isEmpty();
    }

    private static String job(String column) {
        return server.part(Database.class)
                .reads()
                .sql("select " + column + " from jobs where id = 'job'")
                .query(String.class)
                .single();
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(Stream.concat(Arrays.stream(arguments), Stream.of("--config", config.toString()))
                .toArray(String[]::new));
    }
}
