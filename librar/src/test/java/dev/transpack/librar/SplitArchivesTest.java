package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ZIP and TAR, whole and cut: what the programs of the field give back must be what was packed.
class SplitArchivesTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(longs = {1536, 1537, 1700, 2047, 2048, 4096, 1 << 20})
    void aTarSurvivesVolumesOf(long volumeSize) throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        var whole = joined(folder.plan(new ArchiveOptions(ArchiveFormat.TAR, volumeSize)), 2048);

        var target = Files.createDirectory(scratch.resolve("out"));
        Commands.succeed(scratch, List.of("tar", "-xpf", whole.toString(), "-C", target.toString()));
        assertThat(TreeDiff.between(folder.parent(), target)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {150, 151, 163, 178, 200, 255, 299, 400, 1000, 1 << 20})
    void aZipSurvivesVolumesOf(long volumeSize) throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")))
                .wholeSeconds();
        var plan = folder.plan(new ArchiveOptions(ArchiveFormat.ZIP, volumeSize));
        var first = write(plan, 160);
        var whole = joined(plan, 160);

        var bySevenZip = Extractors.SEVEN_ZIP.extract(first, scratch);
        assertThat(TreeDiff.butForLinkTimes(folder.parent(), bySevenZip)).isEmpty();
        var byUnzip = Files.createDirectory(scratch.resolve("unzip"));
        Commands.succeed(scratch, List.of("unzip", "-q", whole.toString(), "-d", byUnzip.toString()));
        assertThat(TreeDiff.butForLinkTimes(folder.parent(), byUnzip)).isEmpty();
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"ZIP", "TAR"})
    void filesBeyondEightGigabytesAndWhatLiesBehindThemSurvive(ArchiveFormat format) throws Exception {
        var size = (8L << 30) + 12_345;
        var folder = FolderFixture.in(Files.createDirectory(scratch.resolve("in")), "Top")
                .sparse("big", size, 0, 1L << 31, (1L << 32) - 4, size - 100)
                .file("behind", 1000)
                .wholeSeconds();
        var volumes = Files.createDirectory(scratch.resolve("volumes"));
        var archive = Packing.writeSparsely(folder.plan(ArchiveOptions.whole(format)), volumes);

        var command = format == ArchiveFormat.ZIP ? "unzip -p \"$1\" \"$2\"" : "tar -xOf \"$1\" \"$2\"";
        for (var name : List.of("Top/behind", "Top/big")) {
            var source = folder.parent().resolve(name).toString();
            var compare = List.of("sh", "-c", command + " | cmp - \"$3\"", "sh", archive.toString(), name, source);
            Commands.succeed(scratch, compare);
        }
        assertThat(Commands.succeed(scratch, List.of("7z", "l", "-slt", archive.toString())))
                .contains("Path = Top/big", "Size = " + size);
    }

    @Test
    void volumesAreCalledAsOtherProgramsCallThem() throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        assertThat(folder.plan(ArchiveOptions.whole(ArchiveFormat.ZIP)).volumes())
                .extracting(Volume::name)
                .containsExactly("Top.zip");
        assertThat(folder.plan(new ArchiveOptions(ArchiveFormat.TAR, 5000)).volumes())
                .extracting(Volume::name)
                .startsWith("Top.tar.001", "Top.tar.002");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536})
    void aZipOfMoreEntriesThanTheOldFieldsCountIsReadToItsEnd(int count) throws Exception {
        var empty = IntStream.range(0, count)
                .mapToObj(i -> new Entry("f" + i, Entry.Kind.FILE, scratch, 0, Instant.EPOCH, 0100644, null))
                .toList();
        var plan = ArchivePlan.of("many", empty, ArchiveOptions.whole(ArchiveFormat.ZIP));
        var zip = scratch.resolve("many.zip");
        Files.write(
                zip,
                Packing.volumes(Packing.produce(plan, 1 << 20, PartLedger.empty()))
                        .getFirst());

        assertThat(Commands.succeed(scratch, List.of("7z", "t", zip.toString())))
                .contains("Files: " + count);
        assertThat(Commands.succeed(scratch, List.of("unzip", "-Z", "-t", zip.toString())))
                .contains(count + " files");
    }

    @Test
    void aVolumeMustHoldAHeader() throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        assertThatThrownBy(() -> folder.plan(new ArchiveOptions(ArchiveFormat.TAR, 1023)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("choose a volume size of at least");
    }

    private Path joined(ArchivePlan plan, int partSize) throws Exception {
        return Packing.joined(plan, write(plan, partSize), scratch.resolve("whole"));
    }

    private Path write(ArchivePlan plan, int partSize) throws Exception {
        return Packing.write(plan, Files.createTempDirectory(scratch, "volumes"), partSize);
    }
}
