package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Names, times, modes and links at the edge of what a file system allows, judged by unrar and 7-Zip.
class AwkwardEntriesTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource
    void anyNameSurvives(Extractors reader) throws Exception {
        var folder = in("N\u00e4me \uD83D\uDE80")
                .file("$(touch x)", 10)
                .file("\"; rm -rf .", 10)
                .file("<img src=x onerror=alert(1)>", 10)
                .file("quote ' and \" and `", 10)
                .file(" leading and trailing ", 10)
                .file("-rf", 10)
                .file("@list", 10)
                .file("star*and?mark", 10)
                .file("tab\tand bell\u0007", 10)
                .file("\u65e5\u672c\u8a9e/\u0627\u0644\u0639\u0631\u0628\u064a\u0629", 10)
                .file("cafe\u0301", 10)
                .file("caf\u00e9", 10)
                .file("\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", 10)
                .file("x".repeat(255), 10)
                .file("\u00e9".repeat(127), 10)
                .file("\uD83D\uDE80".repeat(63) + "abc", 10)
                .file("d".repeat(255) + "/" + "e".repeat(255) + "/" + "f".repeat(255), 10);

        survives(folder, 3000, reader);
    }

    @ParameterizedTest
    @EnumSource
    void lineBreaksAndBackslashesInNamesSurvive(Extractors reader) throws Exception {
        survives(in("Top").file("new\nline", 10).file("back\\slash", 10).file("r\rreturn", 10), 3000, reader);
    }

    @ParameterizedTest
    @EnumSource
    void modesSurvive(Extractors reader) throws Exception {
        var folder = in("Top").file("a", 1).file("b", 1).file("c", 1).folder("d");
        Commands.succeed(folder.path(), List.of("chmod", "0400", "a"));
        Commands.succeed(folder.path(), List.of("chmod", "0777", "b"));
        Commands.succeed(folder.path(), List.of("chmod", "0000", "c"));
        Commands.succeed(folder.path(), List.of("chmod", "0711", "d"));

        survives(folder, 3000, reader);
    }

    @ParameterizedTest
    @EnumSource
    void timesToTheNanosecondSurvive(Extractors reader) throws Exception {
        var folder = in("Top")
                .file("epoch", 1)
                .file("last nanosecond", 1)
                .file("now", 1)
                .file("in 32 bits", 1)
                .folder("folder")
                .modified("epoch", Instant.ofEpochSecond(0, 1))
                .modified("last nanosecond", Instant.ofEpochSecond(1_000_000_000, 999_999_999))
                .modified("in 32 bits", Instant.ofEpochSecond(4_294_967_295L, 123_456_789))
                .modified("folder", Instant.ofEpochSecond(2_147_483_648L, 5));

        survives(folder, 3000, reader);
    }

    @ParameterizedTest
    @EnumSource
    void timesBefore1970AndAfter2106SurviveTo100Nanoseconds(Extractors reader) throws Exception {
        // Such times are kept in 100 ns steps (format section 2), so these are multiples of that.
        var folder = in("Top")
                .file("old", 1)
                .file("new", 1)
                .modified("old", Instant.parse("1955-11-12T22:04:00.1234567Z"))
                .modified("new", Instant.parse("2222-02-02T02:02:02.7654321Z"));

        survives(folder, 3000, reader);
    }

    @Test
    void linksSurviveInUnrar() throws Exception {
        // 7-Zip 26.02 refuses these as dangerous, in sets made by rar too.
        var folder = linked().link("absolute", "/etc/hostname").link("sub/up", "../sub/target");

        survives(folder, 3000, Extractors.UNRAR);
    }

    @Test
    void linksSurviveIn7Zip() throws Exception {
        survives(linked(), 3000, Extractors.SEVEN_ZIP);
    }

    private FolderFixture linked() throws Exception {
        return in("Top")
                .file("sub/target", 10)
                .link("to file", "sub/target")
                .link("to folder", "sub")
                .link("\uD83D\uDE80", "caf\u00e9")
                .link("long", "a/".repeat(200) + "b");
    }

    @Test
    void twentyThousandFilesSurvive() throws Exception {
        var folder = in("Top");
        for (var i = 0; i < 20_000; i++) {
            if (i % 500 == 0) {
                folder.folder("folder" + i / 500);
            }
            Files.writeString(folder.path("folder" + i / 500 + "/file" + i), "content of " + i);
        }

        assertThat(folder.scan().entries()).hasSize(20_000 + 40 + 1);
        survives(folder, 1_000_000, Extractors.values());
    }

    @Test
    @Tag("long")
    void aFileBeyondFourGigabytesSurvives() throws Exception {
        var size = (4L << 30) + 12_345;
        var folder = in("Top").sparse("big", size, 0, 1L << 31, (1L << 32) - 4, size - 100);
        var volumes = Files.createDirectory(scratch.resolve("volumes"));
        var first = Packing.writeSparsely(folder.plan(3L << 30), volumes);
        try {
            // Extracting to standard output compares content without writing it a second time.
            var compare = "unrar p -inul -- \"$1\" | cmp - \"$2\"";
            Commands.succeed(
                    scratch,
                    List.of(
                            "sh",
                            "-c",
                            compare,
                            "compare",
                            first.toString(),
                            folder.path("big").toString()));
        } finally {
            Commands.succeed(
                    scratch,
                    List.of("rm", "-r", volumes.toString(), folder.path().toString()));
        }
    }

    @Test
    void timesBeyondWhatTheFormatHoldsAreKeptAsTheNearestThereIs() {
        // No file system here holds such a time, so the record itself is looked at: FILETIME 1, and the largest one.
        var ancient = Instant.parse("1500-01-01T00:00:00Z");
        assertThat(Rar5Time.holds(ancient)).isFalse();
        assertThat(Rar5Time.record(ancient)).isEqualTo(new byte[] {10, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0});
        assertThat(Rar5Time.record(Instant.MAX)).startsWith(10, 3, 2, -1, -1).endsWith(-1, 0x7F);
    }

    @Test
    void aPathBeyondWhatUnrarHoldsIsWarnedOfAndSurvivesIn7Zip() throws Exception {
        // unrar 6.21 extracts nothing of it and reports success, so the warning is all that can be done.
        var folder = in("Top").file(("d".repeat(200) + "/").repeat(15) + "file", 10);

        assertThat(folder.plan(5000).warnings())
                .extracting(NameWarning::problem)
                .contains("its path is so long that unrar leaves it out silently");
        survives(folder, 5000, Extractors.SEVEN_ZIP);
    }

    @Test
    void aLongPathSurvives() throws Exception {
        var folder = in("Top").file(("d".repeat(200) + "/").repeat(9) + "file", 10);

        assertThat(folder.plan(5000).warnings()).isEmpty();
        survives(folder, 5000, Extractors.values());
    }

    private FolderFixture in(String name) throws Exception {
        return FolderFixture.in(Files.createDirectories(scratch.resolve("in")), name);
    }

    private void survives(FolderFixture folder, long volumeSize, Extractors... readers) throws Exception {
        var volumes = Files.createTempDirectory(scratch, "volumes");
        var first = Packing.write(folder.plan(volumeSize), volumes, 1 << 16);

        for (var reader : readers) {
            assertThat(TreeDiff.between(folder.parent(), reader.extract(first, scratch)))
                    .as("%s", reader)
                    .isEmpty();
        }
    }
}
