package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.SmallDisk;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A folder that cannot be used, or whose disk is full, is one sentence that names it and the remedy.
@Timeout(180)
class CommandFoldersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"serve --port 0", "worker", "user list", "token list"})
    void aDataDirectoryThatIsAFileIsNamed(String command) throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        assertSentence(
                run("TRANSPACK_DATA_DIR", file.toString(), command),
                file + " is a file, not a folder: set data-dir to a folder.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --port 0", "worker", "user list"})
    void aDataDirectoryThatCannotBeMadeIsNamed(String command) throws Exception {
        assertSentence(
                run("TRANSPACK_DATA_DIR", "/proc/xx", command),
                "The folder /proc/xx cannot be made, since this user may not write to /proc: set data-dir to a folder"
                        + " that this user may write to.");
    }

    @Test
    void theDoctorSeesItBeforehand() throws Exception {
        var ended = run("TRANSPACK_DATA_DIR", "/proc/xx", "doctor");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "fail  data-dir: The folder /proc/xx cannot be made",
                        "fail  database: The folder /proc/xx cannot be made");
    }

    /// Too small for the first page, full while migrating, and full when the first account is made.
    @ParameterizedTest
    @CsvSource({
        "8k, worker",
        "64k, worker",
        "64k, serve --port 0",
        "64k, user list",
        "200k, worker",
        "300k, serve --port 0",
        "300k, user add anna --role administrator"
    })
    void aFullDiskIsNamed(String size, String command) throws Exception {
        var disk = SmallDisk.mount(folder, size);
        if (disk.isEmpty()) {
            assertNoRoom(run("TRANSPACK_DATABASE_URL", "jdbc:sqlite:/dev/full", command), "/dev", "database.url");
            return;
        }
        try (var small = disk.get()) {
            var place = small.folder().toString();
            assertNoRoom(run("TRANSPACK_DATA_DIR", place, command), place, "data-dir");
        }
    }

    @Test
    void packSaysThatTheOutputIsAFileOrFull() throws Exception {
        var source = Files.write(folder.resolve("film.mkv"), new byte[1 << 20]);
        assertSentence(
                run("A", "b", "pack " + source + " --output " + source),
                source + " is a file, not a folder: set --output to a folder.");
        var disk = SmallDisk.mount(folder, "64k");
        if (disk.isEmpty()) {
            assertThat(FolderException.of(folder, "--output", new IOException("No space left on device")))
                    .hasMessageContaining("no room left");
            return;
        }
        try (var small = disk.get()) {
            var place = small.folder().toString();
            assertNoRoom(run("A", "b", "pack " + source + " --output " + place), place, "--output");
            assertThat(small.folder()).isEmptyDirectory();
        }
    }

    @Test
    void packSaysWhereItsOwnFileCannotBe() throws Exception {
        var source = Files.write(folder.resolve("film.mkv"), new byte[1 << 10]);
        var s3 = S3Server.shared();
        var environment = Map.of(
                "XDG_STATE_HOME",
                "/proc/xx",
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET_KEY);
        var ended = TranspackProcess.run(
                folder,
                environment,
                "pack",
                source.toString(),
                "--output",
                "s3://" + s3.newBucket(),
                "--endpoint",
                s3.endpoint().toString());
        assertSentence(
                ended,
                "The folder /proc/xx/transpack cannot be made, since this user may not write to /proc: set"
                        + " XDG_STATE_HOME to a folder that this user may write to.");
    }

    @Test
    void theDemoSaysWhereItCannotKeepItsFolder() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        assertSentence(
                run("TMPDIR", file.toString(), "demo --port 0"),
                file + " is a file, not a folder: set TMPDIR to a folder.");
    }

    private TranspackProcess.Ended run(String variable, String value, String command) throws Exception {
        return TranspackProcess.run(folder, Map.of(variable, value), command.split(" "));
    }

    private static void assertNoRoom(TranspackProcess.Ended ended, String place, String setting) {
        assertSentence(
                ended,
                "There is no room left on the disk of " + place + ": make room there, or set " + setting
                        + " to a folder on another disk.");
    }

    private static void assertSentence(TranspackProcess.Ended ended, String sentence) {
        assertThat(ended.output().strip()).isEqualTo(sentence);
        assertThat(ended.exitCode()).isEqualTo(1);
    }
}
