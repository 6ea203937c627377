package dev.transpack.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    @TempDir
    Path home;

    @Test
    void aRunThatWasOvertakenLeavesTheFolderOfTheOtherAlone() throws IOException {
        var staging = new Staging(home.resolve("staging"), "pack.staging-dir");
        var first = staging.open("pack");
        var second = staging.open("pack");
        var volume = Files.writeString(second.resolve("Film.part1.rar"), "a volume");

        staging.close(first);
        assertThat(volume).exists();

        staging.close(second);
        assertThat(staging.folder()).isEmptyDirectory();
    }

    @Test
    void whatAnEarlierRunLeftGoes() throws IOException {
        var staging = new Staging(home.resolve("staging"), "pack.staging-dir");
        var left = Files.writeString(staging.open("pack").resolve("Film.part1.rar"), "half");

        assertThat(staging.open("pack")).isEmptyDirectory();
        assertThat(left).doesNotExist();
    }
}
