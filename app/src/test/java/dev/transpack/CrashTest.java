package dev.transpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 in the middle of an upload: the next start goes on by itself from the last accepted part.
@Timeout(240)
class CrashTest {
    private static final int IN_FLIGHT = 4;

    @TempDir
    Path home;

    @Test
    void aServerThatWasKilledGoesOnFromTheLastAcceptedPart() throws Exception {
        var downloads = Files.createDirectories(home.resolve("downloads"));
        var source = Files.createDirectories(downloads.resolve("Film"));
        Folders.file(source, "film.mkv", 90 << 20);
        try (var s3 = S3Server.start();
                var relay = S3Relay.before(s3)) {
            var bucket = s3.newBucket();
            var settings = new HashMap<>(Map.of(
                    "TRANSPACK_TRANSMISSION_URL",
                    "none",
                    "TRANSPACK_DOWNLOADS_DIR",
                    downloads.toString(),
                    "TRANSPACK_DESTINATIONS_BOX_ENDPOINT",
                    relay.endpoint().toString(),
                    "TRANSPACK_DESTINATIONS_BOX_BUCKET",
                    bucket,
                    "TRANSPACK_DESTINATIONS_BOX_ACCESS_KEY",
                    S3Server.ACCESS_KEY,
                    "TRANSPACK_DESTINATIONS_BOX_SECRET_KEY",
                    S3Server.SECRET_KEY,
                    "TRANSPACK_UPLOAD_PART_SIZE",
                    "5m",
                    "TRANSPACK_UPLOAD_RATE_LIMIT",
                    "10m"));
            var before = 0;
            try (var first = TranspackProcess.start(home, settings, "serve", "--port", "0")) {
                settings.put("TRANSPACK_URL", first.printed("page").replaceAll("/$", ""));
                assertThat(TranspackProcess.run(home, settings, "send", "Film").exitCode())
                        .isZero();
                Eventually.until("some parts are there", () -> sent(relay) >= 6);
                first.kill();
                before = sent(relay);
            }
            settings.remove("TRANSPACK_UPLOAD_RATE_LIMIT");
            try (var second = TranspackProcess.start(home, settings, "serve", "--port", "0")) {
                second.printed("page");
                Eventually.until(
                        "the pack is sealed",
                        () -> s3.filesIn(bucket).stream().anyMatch(file -> file.endsWith("manifest.json")));
                assertThat(second.stop().output()).doesNotContain("Exception");
            }
            assertThat(before).isLessThan(19);
            assertThat(sent(relay)).isLessThanOrEqualTo(19 + IN_FLIGHT);
            var pack = s3.filesIn(bucket).stream()
                    .filter(file -> file.endsWith(".rar"))
                    .findFirst()
                    .orElseThrow();
            var volumes = s3.directory().resolve(bucket).resolve(pack).getParent();
            Extracted.byUnrar(volumes, home.resolve("extracted")).isSameAs(source);
        }
    }

    /// Parts of volumes that arrived, each time they did.
    private static int sent(S3Relay relay) {
        return (int) relay.partsAccepted().stream()
                .filter(part -> part.contains(".rar"))
                .count();
    }
}
