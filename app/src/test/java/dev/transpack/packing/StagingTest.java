package dev.transpack.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.transpack.fixtures.SmallDisk;
import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home;

    @Test
    void aRunThatWasOvertakenLeavesTheFolderOfTheOtherAlone() throws IOException {
        var staging = new Staging(home.resolve("staging"), "pack.staging-dir");
        var first = staging.open("pack", 0);
        var second = staging.open("pack", 0);
        var volume = Files.writeString(second.folder().resolve("Film.part1.rar"), "a volume");

        first.close();
        assertThat(volume).exists();

        second.close();
        assertThat(staging.folder()).isEmptyDirectory();
    }

    @Test
    void whatAnEarlierRunLeftGoes() throws IOException {
        var staging = new Staging(home.resolve("staging"), "pack.staging-dir");
        var left = Files.writeString(staging.open("pack", 0).folder().resolve("Film.part1.rar"), "half");

        try (var again = staging.open("pack", 0)) {
            assertThat(again.folder()).isEmptyDirectory();
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void noTwoPacksCountOnTheSameRoom() throws Exception {
        var disk = SmallDisk.mount(home, "20m");
        assumeTrue(disk.isPresent(), "only root may mount a disk");
        try (var small = disk.get()) {
            var staging = new Staging(small.folder(), "pack.staging-dir");
            try (var first = staging.open("first", 12 * MIB)) {
                assertThatThrownBy(() -> staging.open("second", 12 * MIB))
                        .isInstanceOf(FolderException.class)
                        .hasMessageStartingWith("Packing needs 12.0 MiB on the disk of " + small.folder() + ", and 8.")
                        .hasMessageContaining("set pack.staging-dir to a folder on another disk");

                Files.write(first.folder().resolve("Film.part1.rar"), new byte[6 << 20]);
                first.needs(12 * MIB);
                first.needs(6 * MIB);
                staging.open("second", 12 * MIB).close();
            }
            staging.open("second", 18 * MIB).close();
            assertThat(small.folder()).isEmptyDirectory();
        }
    }
}
