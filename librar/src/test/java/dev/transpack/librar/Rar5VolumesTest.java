package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What unrar and 7-Zip give back must be what was packed, wherever the cuts fall.
class Rar5VolumesTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(ints = {150, 151, 163, 178, 191, 200, 211, 227, 255, 256, 299, 333, 401, 512, 600, 1000, 5000})
    void anAwkwardTreeSurvivesVolumesOf(int volumeSize) throws Exception {
        survives(volumeSize);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("everySize")
    void anAwkwardTreeSurvivesEveryVolumeSizeFrom150To600(int volumeSize) throws Exception {
        survives(volumeSize);
    }

    static IntStream everySize() {
        return IntStream.rangeClosed(150, 600);
    }

    @ParameterizedTest
    @EnumSource
    void emptyEntriesSurviveOnEveryVolumeBoundary(Extractors reader) throws Exception {
        // The file before them grows byte by byte, so that each empty entry meets the boundary in turn.
        for (var size = 0; size < 160; size += 5) {
            var folder = FolderFixture.in(Files.createTempDirectory(scratch, "edge"), "T")
                    .file("a", size)
                    .file("empty", 0)
                    .file("empty2", 0)
                    .folder("folder");
            var first = Packing.write(folder.plan(160), volumesFolder(), 160);

            assertThat(TreeDiff.between(folder.parent(), reader.extract(first, scratch)))
                    .as("first file of %d bytes", size)
                    .isEmpty();
        }
    }

    @Test
    void aSetOfOneVolumeIsAPlainArchive() throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        var plan = folder.plan(1_000_000);

        assertThat(plan.volumes()).singleElement().extracting(Volume::name).isEqualTo("Top.rar");
        var first = Packing.write(plan, volumesFolder(), 512);
        assertThat(Commands.succeed(scratch, List.of("unrar", "lt", first.toString())))
                .contains("Details: RAR 5")
                .doesNotContain("RAR 5, volume");
    }

    private void survives(int volumeSize) throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        var plan = folder.plan(volumeSize);
        var first = Packing.write(plan, volumesFolder(), 137);

        assertThat(plan.volumes()).allSatisfy(volume -> {
            assertThat(volume.length()).isLessThanOrEqualTo(volumeSize);
            assertThat(first.resolveSibling(volume.name())).hasSize(volume.length());
        });
        for (var reader : Extractors.values()) {
            assertThat(TreeDiff.between(folder.parent(), reader.extract(first, scratch)))
                    .as("%s, volumes of %d bytes", reader, volumeSize)
                    .isEmpty();
        }
    }

    private Path volumesFolder() throws Exception {
        return Files.createTempDirectory(scratch, "volumes");
    }
}
