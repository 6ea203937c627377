package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `transpack pack` in every form.
@Timeout(240)
class PackFormatsCommandTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path home;

    private Path source;

    @BeforeEach
    void makeSource() {
        source = Folders.film(home, "A film (2026)");
        Folders.file(source, "big.mkv", 40 << 20);
    }

    @Test
    void aZipInADirectory() throws Exception {
        succeed("--format", "zip");
        Extracted.bySevenZip(home.resolve("out"), home.resolve("extracted")).isSameAs(source);
    }

    @Test
    void aSplitTarWithRecoveryDataIsMended() throws Exception {
        succeed("--format", "tar", "--volume-size", "15m", "--recovery", "2");
        var second = home.resolve("out").resolve("A film (2026).tar.002");
        var bytes = Files.readAllBytes(second);
        bytes[1_000_000]++;
        Files.write(second, bytes);
        Commands.succeed("par2", "repair", second + ".par2");

        var volumes = Files.createDirectory(home.resolve("volumes"));
        for (var n = 1; n <= 3; n++) {
            var name = "A film (2026).tar.00" + n;
            Files.copy(home.resolve("out").resolve(name), volumes.resolve(name));
        }
        Extracted.byTar(volumes, home.resolve("extracted")).isSameAs(source);
    }

    @Test
    void filesAsTheyAreAreForABucket() throws Exception {
        var packed =
                TranspackProcess.run(home, Map.of(), "pack", source.toString(), "--output", "out", "--format", "files");
        assertThat(packed.exitCode()).isEqualTo(2);
        assertThat(packed.output()).contains("--format files is for a bucket");
    }

    @Test
    void aPasswordIsReadFromStandardInput() throws Exception {
        var packed = typing(PASSWORD, Map.of(), "--output", home.resolve("out").toString(), "--password-stdin");
        assertThat(packed.exitCode()).as(packed.output()).isZero();
        Extracted.bySevenZip(home.resolve("out"), home.resolve("extracted"), PASSWORD)
                .isSameAs(source);
        var none = typing("", Map.of(), "--output", home.resolve("out").toString(), "--password-stdin");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.output()).contains("There is no password on standard input");
    }

    @Test
    void killedOnTheWayAnEncryptedPackGoesOnUnderTheSamePasswordOnly() throws Exception {
        Folders.file(source, "bigger.mkv", 200 << 20);
        try (var s3 = S3Server.start();
                var relay = S3Relay.before(s3)) {
            var bucket = s3.newBucket();
            var environment = environment(relay);
            var there = new String[] {"--output", "s3://" + bucket, "--password-stdin"};
            try (var first = starting(PASSWORD, environment, there)) {
                Eventually.until(
                        "some parts are there, or it ended",
                        () -> relay.partsAccepted().size() >= 3 || !first.runs());
                first.kill();
            }
            var other = typing("another", environment, there);
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.output()).contains("run it with --restart");

            var second = typing(PASSWORD, environment, there);
            assertThat(second.exitCode()).as(second.output()).isZero();
            assertThat(relay.partsAccepted().stream().filter(part -> part.contains(".rar")))
                    .hasSizeLessThanOrEqualTo(16 + 4);
            var objects = s3.filesIn(bucket);
            assertThat(objects).hasSize(2).noneMatch(key -> key.contains("film"));
            var volumes =
                    s3.directory().resolve(bucket).resolve(objects.getFirst()).getParent();
            Files.delete(volumes.resolve("manifest.json"));
            Extracted.bySevenZip(volumes, home.resolve("extracted"), PASSWORD).isSameAs(source);
        }
    }

    @Test
    void restartedAPackHasAnotherNumberAndNothingOfTheFirstStays() throws Exception {
        Folders.file(source, "bigger.mkv", 100 << 20);
        try (var s3 = S3Server.start();
                var relay = S3Relay.before(s3)) {
            var bucket = s3.newBucket();
            var there = new String[] {"--output", "s3://" + bucket, "--password-stdin"};
            try (var first = starting(PASSWORD, environment(relay), there)) {
                Eventually.until(
                        "some parts are there, or it ended",
                        () -> relay.partsAccepted().size() >= 3 || !first.runs());
                first.kill();
            }
            var begun = packId();
            var restarted = typing(
                    "another",
                    environment(relay),
                    "--output",
                    "s3://" + bucket,
                    "--password-stdin",
                    "--exclude",
                    "*.mkv",
                    "--restart");
            assertThat(restarted.exitCode()).as(restarted.output()).isZero();
            assertThat(s3.filesIn(bucket)).hasSize(2).noneMatch(key -> key.contains(begun));
        }
    }

    private String packId() throws Exception {
        try (var ledgers = Files.list(home.resolve("state/transpack"))) {
            var ledger = Files.readString(ledgers.findFirst().orElseThrow());
            return ledger.replaceFirst("(?s).*?\"packId\":\"([^\"]+)\".*", "$1");
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

    private void succeed(String... options) throws Exception {
        var all = new ArrayList<>(List.of(
                "pack", source.toString(), "--output", home.resolve("out").toString()));
        all.addAll(List.of(options));
        var packed = TranspackProcess.run(home, Map.of(), all.toArray(String[]::new));
        assertThat(packed.exitCode()).as(packed.output()).isZero();
    }

    private TranspackProcess.Ended typing(String password, Map<String, String> environment, String... options)
            throws Exception {
        try (var started = starting(password, environment, options)) {
            return started.await();
        }
    }

    private TranspackProcess starting(String password, Map<String, String> environment, String... options)
            throws Exception {
        var input = Files.writeString(home.resolve("input"), password.isEmpty() ? "" : password + "\n");
        var all = new ArrayList<>(List.of("pack", source.toString()));
        all.addAll(List.of(options));
        return TranspackProcess.start(home, input, environment, all.toArray(String[]::new));
    }
}
