package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.Audit;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.settings.SettingsSource;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `transpack verify` against a real server and a real bucket.
@Timeout(240)
class VerifyCommandTest {
    private static final S3Relay RELAY = S3Relay.before(S3Server.shared());
    private static final String BUCKET = S3Server.shared().newBucket();

    @TempDir
    static Path folder;

    private static Server server;
    private static Path config;
    private static Path downloads;

    @BeforeAll
    static void start() throws Exception {
        downloads = Files.createDirectory(folder.resolve("downloads"));
        var settings = new HashMap<>(Map.of(
                "data-dir",
                folder.resolve("data").toString(),
                "server.port",
                "0",
                "transmission.url",
                "none",
                "downloads.dir",
                downloads.toString()));
        settings.putAll(Map.of(
                "destinations.bucket.bucket",
                BUCKET,
                "destinations.bucket.endpoint",
                RELAY.endpoint().toString(),
                "destinations.bucket.access-key",
                S3Server.ACCESS_KEY,
                "destinations.bucket.secret-key",
                S3Server.SECRET_KEY));
        for (var name : List.of("Good", "Bad", "Slow", "Early", "Parity")) {
            Folders.film(downloads, name);
            Folders.file(downloads.resolve(name), "big.mkv", 12 << 20);
        }
        server = Server.start(AppSettings.read(SettingsSource.of(settings)), Server.Role.WEB_AND_WORKER);
        config = Files.writeString(folder.resolve("client.yml"), "data-dir: '" + folder.resolve("data") + "'\n");
    }

    @AfterAll
    static void stop() {
        server.close();
        RELAY.close();
    }

    @Test
    void aGoodPackEndsWithZeroAndSaysHowItWasLookedAt() {
        send("Good", "--volume-size", "5m");
        var quick = run("verify", "Good", "--quick");
        assertThat(quick.exitCode()).as(quick.err()).isZero();
        assertThat(quick.last()).isEqualTo("'Good' is what was sealed: sizes, entity tags and samples agree.");
        var full = run("verify", "Good");
        assertThat(full.exitCode()).as(full.err()).isZero();
        assertThat(full.last()).isEqualTo("'Good' is what was sealed: every byte was read back.");
        var json = run("verify", "Good", "--json").json();
        assertThat(json.path("verified").path("how").asString()).isEqualTo("full");
        assertThat(json.path("verified").path("by").asString()).isNotBlank();
        assertThat(json.path("damage").isNull()).isTrue();
        assertThat(json.path("verification").path("bytesRead").asLong())
                .isEqualTo(json.path("totalBytes").asLong());
        assertThat(run("jobs").out().lines()).anyMatch(line -> line.matches("verify-pack +done +100.0 % .* Good"));
        assertThat(server.part(Audit.class).newest(10))
                .anyMatch(deed ->
                        deed.action().equals("verify-asked") && deed.subject().endsWith("Good"));
    }

    @Test
    void aDamagedPackEndsWithOneNamesTheVolumeAndKeepsItsSource() throws Exception {
        send("Bad", "--volume-size", "6m");
        var volume = object("Bad.part2.rar");
        flip(volume, 3 << 20);
        var damaged = run("verify", "Bad");
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.err())
                .contains("'Bad' is damaged. 'Bad.part2.rar' in the bucket is damaged: bytes ")
                .endsWith("are not what was sealed. Send the download again.\n");
        assertThat(run("verify", "Bad", "--json").exitCode()).isEqualTo(1);
        assertThat(run("verify", "Bad", "--quick").exitCode())
                .as("never quick while it is damaged")
                .isEqualTo(1);
        assertThat(run("packs").out().lines())
                .anyMatch(line -> line.contains("ready, damaged") && line.contains("'Bad.part2.rar' in the bucket"));
        var purge = run("purge", "Bad", "--from", "disk", "--dry-run");
        assertThat(purge.exitCode()).isEqualTo(1);
        assertThat(purge.out()).contains("refused: The verification of", "found the copy damaged: 'Bad.part2.rar'");

        flip(volume, 3 << 20);
        assertThat(run("verify", "Bad").exitCode()).isZero();
        assertThat(run("packs").out()).doesNotContain("ready, damaged");
        var again = run("purge", "Bad", "--from", "disk", "--dry-run");
        assertThat(again.out()).contains("Every byte was read back on").doesNotContain("damaged");
    }

    @Test
    void recoveryDataIsVerifiedToo() throws Exception {
        send("Parity", "--volume-size", "1g", "--recovery", "5");
        assertThat(run("verify", "Parity").exitCode()).isZero();
        Files.delete(object("Parity.rar.par2"));
        assertThat(run("verify", "Parity", "--quick").err()).contains("'Parity.rar.par2' in the bucket is missing.");
    }

    @Test
    void oneThatIsUnderWayIsJoinedAndCancelled() throws Exception {
        send("Slow", "--volume-size", "1g");
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        RELAY.on(
                message -> message.kind() == Kind.GET && message.path().endsWith("Slow.rar"),
                99,
                S3Fault.hold(arrived, release));
        try (var watching = new Watching("verify", "Slow")) {
            arrived.acquire();
            assertThat(run("verify", "Slow", "--cancel").last()).isEqualTo("The verification of 'Slow' ends.");
            release.countDown();
            assertThat(watching.ended().err()).contains("'Slow' was not finished: it is cancelled.");
        }
        assertThat(run("verify", "Slow", "--cancel").err()).contains("No verification of 'Slow' is under way");
        assertThat(run("packs", "--json").json().valueStream())
                .filteredOn(pack -> pack.path("name").asString().equals("Slow"))
                .allMatch(pack -> pack.path("verified").isNull());
    }

    @Test
    void onlyAPackThatIsReadyIsVerified() throws Exception {
        send("Early", "--volume-size", "1g");
        assertThat(run("purge", "Early", "--from", "bucket", "--yes").exitCode())
                .isZero();
        Eventually.until(
                "it is purged", () -> run("packs", "--state", "purged").out().contains("Early"));
        var refused = run("verify", "Early");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("'Early' is purged and cannot be verified: only a pack that is ready can be.");
    }

    /// A command in the background.
    private static final class Watching implements AutoCloseable {
        private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
        private final Future<CommandRun> run;

        Watching(String... line) {
            run = thread.submit(() -> run(line));
        }

        CommandRun ended() throws Exception {
            return run.get();
        }

        @Override
        public void close() {
            thread.shutdownNow();
            thread.close();
        }
    }

    private static void send(String name, String... more) {
        var line = new ArrayList<>(List.of("send", name, "--wait"));
        line.addAll(List.of(more));
        var sent = run(line.toArray(String[]::new));
        assertThat(sent.exitCode()).as(sent.out() + sent.err()).isZero();
    }

    private static Path object(String name) {
        var root = S3Server.shared().directory().resolve(BUCKET);
        return root.resolve(S3Server.shared().filesIn(BUCKET).stream()
                .filter(file -> file.endsWith("/" + name))
                .findFirst()
                .orElseThrow());
    }

    private static void flip(Path object, long at) throws Exception {
        try (var file = new RandomAccessFile(object.toFile(), "rw")) {
            file.seek(at);
            var old = file.read();
            file.seek(at);
            file.write(old ^ 1);
        }
    }

    private static CommandRun run(String... line) {
        var all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.port(), "--config", config.toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
