package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.FaultyDisk;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.packing.PackState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The power fails in the middle of an upload: of the database stays what was synced, and nothing else.
@Timeout(120)
class SendPowerCutTest {
    /// Three for each of two volumes.
    private static final int PARTS = 6;
    /// When the power fails: the first volume, and a part of the second, whose first waits for what comes behind it.
    private static final long ACKNOWLEDGED = 4;
    /// Whose rows may be lost though the destination has them.
    private static final int IN_FLIGHT = 1;

    @TempDir
    Path home;

    @Test
    void whatWasAcknowledgedOutlivesIt() throws Exception {
        var data = Files.createDirectory(home.resolve("data"));
        try (var fixture = new SendFixture(home, data)) {
            var pack = fixture.pack();
            fixture.enqueue(pack);
            fixture.database.close();
            workUntilItDies(fixture, data);
            FaultyDisk.powerCut(data);
            fixture.open();
            assertThat(fixture.partRows(pack)).isBetween(ACKNOWLEDGED, ACKNOWLEDGED + IN_FLIGHT);

            try (var _ = fixture.node("next")) {
                Eventually.until(
                        "the pack is sealed", () -> fixture.packs.get(pack.id()).state() == PackState.READY);
            }
            assertSent(fixture);
        }
    }

    /// A worker that is killed when the last part but one has just been answered.
    private void workUntilItDies(SendFixture fixture, Path data) throws Exception {
        var process = new CompletableFuture<TranspackProcess>();
        fixture.relay.on(SendPowerCutTest::isTheLastButOne, 1, (message, connection) -> {
            S3Fault.none().apply(message, connection);
            process.join().kill();
            return false;
        });
        var unlucky = settings(fixture);
        unlucky.putAll(FaultyDisk.in(home).forgetting(data));
        try (var started = TranspackProcess.start(home, unlucky, "worker")) {
            process.complete(started);
            Eventually.until("it died", () -> !started.runs());
        }
        fixture.relay.settle();
    }

    private static boolean isTheLastButOne(S3Message message) {
        return message.kind() == Kind.PART && message.path().contains("Film.part2") && message.number() == 3;
    }

    private static void assertSent(SendFixture fixture) {
        var accepted = fixture.relay.partsAccepted().stream()
                .filter(part -> part.contains("Film"))
                .toList();
        assertThat(accepted).hasSizeLessThanOrEqualTo(PARTS + IN_FLIGHT);
        assertThat(accepted.stream().distinct()).hasSize(PARTS);
        assertThat(fixture.server.filesIn(fixture.bucket))
                .hasSize(3)
                .allMatch(file -> file.endsWith(".rar") || file.endsWith("manifest.json"));
    }

    private Map<String, String> settings(SendFixture fixture) {
        return new HashMap<>(Map.ofEntries(
                Map.entry("TRANSPACK_DATA_DIR", home.resolve("data").toString()),
                Map.entry("TRANSPACK_DATABASE_URL", "jdbc:sqlite:" + home.resolve("data/t.db")),
                Map.entry("TRANSPACK_TRANSMISSION_URL", "none"),
                Map.entry("TRANSPACK_DOWNLOADS_DIR", home.toString()),
                Map.entry(
                        "TRANSPACK_DESTINATIONS_TEST_ENDPOINT",
                        fixture.relay.endpoint().toString()),
                Map.entry("TRANSPACK_DESTINATIONS_TEST_BUCKET", fixture.bucket),
                Map.entry("TRANSPACK_DESTINATIONS_TEST_ACCESS_KEY", S3Server.ACCESS_KEY),
                Map.entry("TRANSPACK_DESTINATIONS_TEST_SECRET_KEY", S3Server.SECRET_KEY),
                Map.entry("TRANSPACK_PACK_VOLUME_SIZE", "12m"),
                Map.entry("TRANSPACK_UPLOAD_PART_SIZE", "5m"),
                Map.entry("TRANSPACK_UPLOAD_PARTS_IN_FLIGHT", "1")));
    }
}
