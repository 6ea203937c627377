package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.FaultyDisk;
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

/// A source on a disk that fails.
@Timeout(120)
class PackDiskTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home;

    @Test
    void aDiskThatCannotBeReadFailsThePackByNameAndMendedItGoesOn() throws Exception {
        var film = home.resolve("Film");
        Folders.file(film, "film.mkv", (int) (24 * MIB));
        Folders.file(film, "subs.srt", 1_000);
        try (var relay = S3Relay.before(S3Server.shared())) {
            var bucket = S3Server.shared().newBucket();
            var environment = environment(relay);
            var command = new String[] {"pack", film.toString(), "--output", "s3://" + bucket + "/films"};
            var broken = new HashMap<>(environment);
            broken.putAll(FaultyDisk.in(home).breaking(film.resolve("film.mkv"), 20 * MIB));

            var failed = TranspackProcess.run(home, broken, command);

            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.output().strip()).endsWith("'Film/film.mkv' cannot be read: Input/output error");
            assertThat(S3Server.shared().filesIn(bucket)).noneMatch(file -> file.endsWith("manifest.json"));

            var mended = TranspackProcess.run(home, environment, command);

            assertThat(mended.exitCode()).as(mended.output()).isZero();
            assertThat(relay.partsAccepted().stream().filter(part -> part.contains(".rar")))
                    .doesNotHaveDuplicates();
            var volumes = S3Server.shared().directory().resolve(bucket).resolve("films");
            try (var packs = Files.list(volumes)) {
                Extracted.byUnrar(packs.findFirst().orElseThrow(), home.resolve("extracted"))
                        .isSameAs(film);
            }
        }
    }

    private Map<String, String> environment(S3Relay relay) {
        return Map.of(
                "AWS_ENDPOINT_URL",
                relay.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET_KEY,
                "AWS_REGION",
                "us-east-1",
                "XDG_STATE_HOME",
                home.resolve("state").toString());
    }
}
