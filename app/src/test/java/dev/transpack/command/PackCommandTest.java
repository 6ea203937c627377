package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class PackCommandTest {
    private static final int IN_FLIGHT = 4;

    @TempDir
    Path home;

    private Path source;

    @BeforeEach
    void makeSource() {
        source = Folders.film(home, "A film (2026)");
        Folders.file(source, "big.mkv", 40 << 20);
    }

    @Test
    void aFolderBecomesVolumesInADirectory() throws Exception {
        var out = home.resolve("out");
        var packed = run(Map.of(), source.toString(), "--output", out.toString(), "--volume-size", "15m");
        assertThat(packed.exitCode()).as(packed.output()).isZero();
        assertThat(packed.output()).contains("in 3 volumes: " + out);
        Extracted.byUnrar(out, home.resolve("extracted")).isSameAs(source);
    }

    @Test
    void recoveryDataMendsAVolumeOfADirectory() throws Exception {
        var out = home.resolve("out");
        var packed =
                run(Map.of(), source.toString(), "--output", out.toString(), "--volume-size", "15m", "--recovery", "2");
        assertThat(packed.exitCode()).as(packed.output()).isZero();
        var volume = out.resolve(source.getFileName() + ".part2.rar");
        var good = Files.readAllBytes(volume);
        var bad = good.clone();
        for (var at : new int[] {1, 5 << 20, 9 << 20}) bad[at] ^= 1;
        Files.write(volume, bad);
        var repair = new ProcessBuilder("par2", "repair", "-q", volume.getFileName() + ".par2")
                .directory(out.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(repair.waitFor()).isZero();
        assertThat(volume).hasBinaryContent(good);
    }

    @Test
    void whatIsNamedIsLeftOut() throws Exception {
        var packed = run(
                Map.of(),
                source.toString(),
                "--output",
                home.resolve("out").toString(),
                "--exclude",
                "*.mkv",
                "--name",
                "rest");
        assertThat(packed.output()).contains("in 1 volume");
        var extracted = Extracted.byUnrar(home.resolve("out"), home.resolve("extracted"))
                .folder();
        assertThat(extracted.resolve(source.getFileName()).resolve("subs/en.srt"))
                .exists();
        assertThat(extracted.resolve(source.getFileName()).resolve("big.mkv")).doesNotExist();
    }

    @Test
    void asADocumentItTellsWhatIsLeftOutAndWhichNamesMayNotArrive() throws Exception {
        Folders.file(source, "con.txt", 3);
        var out = home.resolve("out").toString();
        var packed = CommandRun.of("pack", source.toString(), "--output", out, "--exclude", "*.mkv", "--json");
        assertThat(packed.exitCode()).as(packed.err()).isZero();
        assertThat(packed.json().path("leftOut").path("files").asInt()).isEqualTo(2);
        var warning = packed.json().path("warnings").path(0);
        assertThat(warning.path("name").asString()).endsWith("/con.txt");
        assertThat(warning.path("problem").asString()).isEqualTo("Windows cannot hold this name");
    }

    @Test
    void theOutputMayLieInTheSourceOnlyWhereNothingIsPacked() throws Exception {
        var inside = source.resolve("volumes");
        assertSentence(
                run(Map.of(), source.toString(), "--output", inside.toString()),
                1,
                "lies in what is packed: set --output");
        assertThat(inside).doesNotExist();
        Files.createDirectory(inside);
        var out = inside.resolve("of today").toString();
        assertSentence(run(Map.of(), source.toString(), "--output", out), 1, "lies in what is packed");
        var packed = run(Map.of(), source.toString(), "--output", out, "--exclude", "volumes/");
        assertThat(packed.exitCode()).as(packed.output()).isZero();
    }

    @Test
    void patternsOfAFileComeBeforeThoseOfTheLine() throws Exception {
        Folders.file(source, "subs/Sample/a.srt", 3);
        Folders.file(source, "subs/de.srt", 3);
        var patterns = Files.writeString(home.resolve("patterns"), "# not these\n*.srt\nSample/ \n");
        var packed = run(
                Map.of(),
                source.toString(),
                "--output",
                home.resolve("out").toString(),
                "--exclude-from=" + patterns,
                "--exclude=!de.*",
                "--exclude-preset=junk,samples",
                "--only=s?bs");
        assertThat(packed.exitCode()).as(packed.output()).isZero();
        assertThat(packed.output()).contains("left out: 5 files, 40.1 MiB");
        Commands.succeed("rm", "-r", source.resolve("subs/Sample").toString());
        for (var gone : List.of("subs/en.srt", "film.mkv", "big.mkv", "empty.nfo")) Files.delete(source.resolve(gone));
        Extracted.byUnrar(home.resolve("out"), home.resolve("extracted")).isSameAs(source);
        assertSentence(
                run(Map.of(), source.toString(), "--output", "out", "--exclude-from", "nowhere"),
                2,
                "--exclude-from: 'nowhere' cannot be read");
    }

    @Test
    void whatLeavesNothingToPackIsNamed() throws Exception {
        var out = home.resolve("out").toString();
        assertSentence(
                run(Map.of(), source.toString(), "--output", out, "--exclude", "*"),
                1,
                "No file is left to pack: '*' leaves out all there is.");
        assertSentence(
                run(Map.of(), source.toString(), "--output", out, "--only", "subs", "--exclude", "*.srt"),
                1,
                "No file is left to pack: '*.srt' leaves out all there is in 'subs'.");
        assertThat(home.resolve("out")).doesNotExist();
    }

    @Test
    void aNameThatWindowsCannotHoldIsAWarning() throws Exception {
        Folders.file(source, "what?.txt", 3);
        var packed =
                run(Map.of(), source.toString(), "--output", home.resolve("out").toString());
        assertThat(packed.output().lines())
                .anyMatch(line -> line.startsWith("warning: '") && line.endsWith("': Windows cannot hold this name"));
    }

    @Test
    void aNameThatNoFileCanHaveIsSaid() throws Exception {
        var out = home.resolve("out");
        var packed = run(Map.of(), source.toString(), "--output", out.toString(), "--name", "../o\u202Eut");
        assertThat(packed.output()).contains("The pack is called '..out': '../o\\u202eut' cannot be a file's name.");
        assertThat(out.resolve("..out.rar")).isRegularFile();
    }

    @Test
    void portableNamesAreSaidAndExtractedEverywhere() throws Exception {
        Folders.file(source, "what?.txt", 3);
        Folders.file(source, "FILM.mkv", 3);
        Folders.file(source, "subs/aux", 3);
        Files.createSymbolicLink(source.resolve("link"), Path.of("subs/aux"));
        for (var format : List.of("rar", "zip", "tar")) {
            var out = home.resolve("out " + format);
            var packed = run(Map.of(), source.toString(), "--output=" + out, "--portable-names", "--format=" + format);
            assertThat(packed.exitCode()).as(packed.output()).isZero();
            assertThat(packed.output())
                    .contains("warning: '" + source.getFileName() + "/what?.txt': is called 'what_.txt' in the pack")
                    .contains("film.mkv': is called 'film (2).mkv' in the pack");
        }
        Files.move(source.resolve("what?.txt"), source.resolve("what_.txt"));
        Files.move(source.resolve("film.mkv"), source.resolve("film (2).mkv"));
        Files.move(source.resolve("subs/aux"), source.resolve("subs/aux_"));
        Files.delete(source.resolve("link"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("subs/aux_"));
        Extracted.byUnrar(home.resolve("out rar"), home.resolve("1")).isSameAs(source);
        Extracted.bySevenZip(home.resolve("out zip"), home.resolve("2")).isSameAs(source);
        Extracted.byTar(home.resolve("out tar"), home.resolve("3")).isSameAs(source);
    }

    @Test
    void killedOnTheWayToABucketTheSameCommandGoesOn() throws Exception {
        Folders.file(source, "why?", 3);
        Folders.file(source, "bigger.mkv", 200 << 20);
        try (var s3 = S3Server.start();
                var relay = S3Relay.before(s3)) {
            var bucket = s3.newBucket();
            var environment = environment(relay, home.resolve("state"));
            var command = new String[] {"pack", source.toString(), "--output", "s3://" + bucket + "/films"};
            try (var first = TranspackProcess.start(home, environment, command)) {
                Eventually.until("some parts are there, or it ended", () -> sent(relay) >= 3 || !first.runs());
                first.kill();
            }
            var byRar = Arrays.copyOf(command, command.length + 2);
            byRar[command.length] = "--format";
            byRar[command.length + 1] = "rar-binary";
            assertSentence(TranspackProcess.run(home, environment, byRar), 1, "run it with --restart");
            var portable = Arrays.copyOf(command, command.length + 1);
            portable[command.length] = "--portable-names";
            var refused = TranspackProcess.run(home, environment, portable);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output()).contains("run it with --restart");
            var second = TranspackProcess.run(home, environment, command);
            assertThat(second.exitCode()).as(second.output()).isZero();
            assertThat(sent(relay)).isLessThanOrEqualTo(16 + IN_FLIGHT);
            assertThat(home.resolve("state/transpack")).isEmptyDirectory();
            try (var objects = Files.walk(s3.directory().resolve(bucket).resolve("films"))) {
                var volume = objects.filter(path -> path.toString().endsWith(".rar"))
                        .findFirst()
                        .orElseThrow();
                assertThat(volume.resolveSibling("manifest.json")).exists();
                Extracted.byUnrar(volume.getParent(), home.resolve("extracted")).isSameAs(source);
            }
        }
    }

    @Test
    void rarMakesVolumesInADirectoryWithARecoveryRecord() throws Exception {
        var out = home.resolve("out");
        var line = new ArrayList<>(List.of(source.toString(), "--output", out.toString(), "--volume-size", "15m"));
        line.addAll(List.of("--format", "rar-binary", "--level", "1", "--recovery", "2"));
        Folders.file(source, "what?.txt", 3);
        var packed = run(Map.of(), line.toArray(String[]::new));
        assertThat(packed.exitCode()).as(packed.output()).isZero();
        assertThat(packed.output())
                .contains("in 3 volumes: " + out)
                .contains("what?.txt': Windows cannot hold this name");
        Extracted.byUnrar(out, home.resolve("extracted")).isSameAs(source);
        try (var files = Files.list(out)) {
            assertThat(files).hasSize(3).allMatch(file -> file.toString().endsWith(".rar"));
        }
        assertSentence(run(Map.of(), line.toArray(String[]::new)), 1, ".rar' is already there");
        line.set(2, source.resolve("subs/new").toString());
        assertSentence(run(Map.of(), line.toArray(String[]::new)), 1, "lies in what is packed");
        assertThat(source.resolve("subs/new")).doesNotExist();
        assertSentence(
                run(Map.of("RAR_BINARY_PATH", "/nowhere/rar"), line.toArray(String[]::new)),
                1,
                "there is none at /nowhere/rar");
    }

    @Test
    void whatRarMakesGoesToABucketAndAKilledRunIsTakenBackByTheNext() throws Exception {
        Folders.file(source, "bigger.mkv", 100 << 20);
        var temporary = Files.createDirectories(home.resolve("tmp"));
        try (var s3 = S3Server.start();
                var relay = S3Relay.before(s3)) {
            var bucket = s3.newBucket();
            var environment = new HashMap<>(environment(relay, home.resolve("state")));
            environment.put("TMPDIR", temporary.toString());
            var command = new String[] {
                "pack",
                source.toString(),
                "--output",
                "s3://" + bucket,
                "--format",
                "rar-binary",
                "--volume-size",
                "30m"
            };
            try (var first = TranspackProcess.start(home, environment, command)) {
                Eventually.until("some parts are there, or it ended", () -> sent(relay) >= 3 || !first.runs());
                first.kill();
            }
            var second = TranspackProcess.run(home, environment, command);
            assertThat(second.exitCode()).as(second.output()).isZero();
            assertThat(home.resolve("state/transpack")).isEmptyDirectory();
            assertThat(temporary).isEmptyDirectory();
            var objects = s3.filesIn(bucket);
            assertThat(objects).hasSize(6);
            assertThat(objects.stream()
                            .map(key -> key.substring(0, key.indexOf('/')))
                            .distinct())
                    .hasSize(1);
            var volumes =
                    s3.directory().resolve(bucket).resolve(objects.getFirst()).getParent();
            Extracted.byUnrar(volumes, home.resolve("extracted")).isSameAs(source);
        }
    }

    @Test
    void whatCannotBeDoneIsOneSentence() throws Exception {
        assertSentence(
                run(Map.of(), home.resolve("nowhere").toString(), "--output", "out"), 1, "nowhere' is not there");
        assertSentence(run(Map.of(), source.toString(), "--output", "s3://"), 2, "write s3://bucket/prefix");
        assertSentence(
                run(Map.of(), home.resolve("nowhere").toString(), "--output", "s3://"), 2, "write s3://bucket/prefix");
        assertSentence(run(Map.of(), source.toString(), "--output", "out", "--restart"), 2, "are for a bucket");
        assertSentence(
                run(Map.of(), source.toString(), "--output", "out", "--volume-size", "big"), 2, "not a size: big");
        assertSentence(
                run(
                        Map.of("AWS_ACCESS_KEY_ID", "k", "AWS_SECRET_ACCESS_KEY", "s"),
                        source.toString(),
                        "--output",
                        "s3://bucket",
                        "--endpoint",
                        "http://127.0.0.1:1"),
                1,
                "127.0.0.1:1");
    }

    @Test
    void whatABucketRefusesNamesWhatPackCanBeTold() throws Exception {
        var s3 = S3Server.shared();
        var good = Map.of(
                "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY,
                "AWS_REGION", "us-east-1");
        var wrong = new HashMap<>(good);
        wrong.put("AWS_SECRET_ACCESS_KEY", "wrong");
        assertRefused(
                good, s3.endpoint(), "there is no bucket nowhere at " + s3.endpoint() + ": create it or mend --output");
        assertRefused(wrong, s3.endpoint(), "mend AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        assertRefused(
                good, URI.create("http://127.0.0.1:1"), "mend --endpoint (AWS_ENDPOINT_URL_S3) or start the service");
        assertRefused(
                Map.of("AWS_EC2_METADATA_DISABLED", "true"),
                s3.endpoint(),
                "there are no keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE");
        assertRefused(
                Map.of("AWS_EC2_METADATA_DISABLED", "true"), null, "no region is known: set --region or AWS_REGION");
    }

    private void assertRefused(Map<String, String> environment, @Nullable URI endpoint, String sentence)
            throws Exception {
        var line = new ArrayList<>(List.of(source.toString(), "--output", "s3://nowhere/films"));
        if (endpoint != null) line.addAll(List.of("--endpoint", endpoint.toString()));
        var ended = run(environment, line.toArray(String[]::new));
        assertSentence(ended, 1, sentence);
        assertThat(ended.output()).doesNotContain("destinations.", "probe-");
    }

    private static void assertSentence(TranspackProcess.Ended ended, int exitCode, String sentence) {
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(exitCode);
        var lines = ended.output()
                .lines()
                .filter(line -> !line.startsWith("warning: "))
                .toList();
        assertThat(lines.getFirst()).contains(sentence).doesNotContain("Exception");
        // Wrong usage is followed by where to read it; a failure stands alone.
        assertThat(lines).hasSize(exitCode);
        if (exitCode == 2) assertThat(lines).endsWith("What it takes: transpack pack --help");
    }

    private TranspackProcess.Ended run(Map<String, String> environment, String... arguments) throws Exception {
        var all = new String[arguments.length + 1];
        all[0] = "pack";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return TranspackProcess.run(home, environment, all);
    }

    private static Map<String, String> environment(S3Relay relay, Path state) {
        return new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL",
                relay.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET_KEY,
                "AWS_REGION",
                "us-east-1",
                "XDG_STATE_HOME",
                state.toString()));
    }

    private static int sent(S3Relay relay) {
        return (int) relay.partsAccepted().stream()
                .filter(part -> part.contains(".rar"))
                .count();
    }
}
