package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a /sys as Linux lays it out, for the disk these tests run on.
final class SourceDiskTest {
    @TempDir
    private Path scratch;

    @Test
    void severalPartsAreReadAtOnceFromADiskThatDoesNotSpin() throws Exception {
        assertThat(disk("0", "").readers(scratch)).isEqualTo(4);
        assertThat(disk("0", "a1").readers(scratch)).as("of a partition").isEqualTo(4);
    }

    @Test
    void oneAfterTheOtherFromOneThatSpinsOrMayDoSo() throws Exception {
        assertThat(disk("1", "").readers(scratch)).isEqualTo(1);
        assertThat(disk("1", "a1").readers(scratch)).as("of a partition").isEqualTo(1);
        assertThat(new SourceDisk(scratch).readers(scratch)).as("unknown").isEqualTo(1);
        assertThat(new SourceDisk(scratch).readers(scratch.resolve("gone"))).isEqualTo(1);
    }

    @Test
    void deviceNumbersAreThoseOfTheKernel() {
        assertThat(SourceDisk.number(65024)).isEqualTo("254:0");
        assertThat(SourceDisk.number(0x10300)).isEqualTo("259:0");
        assertThat(SourceDisk.number(0x1008ff)).isEqualTo("8:511");
    }

    /// @param partition empty if the disk has none
    private SourceDisk disk(String rotational, String partition) throws Exception {
        var sys = Files.createTempDirectory(scratch, "sys");
        var disk = Files.createDirectories(sys.resolve("devices/pci/block/a"));
        Files.writeString(Files.createDirectories(disk.resolve("queue")).resolve("rotational"), rotational + "\n");
        var device = Files.createDirectories(disk.resolve(partition));
        var number = SourceDisk.number((long) Files.getAttribute(scratch, "unix:dev"));
        Files.createSymbolicLink(
                Files.createDirectories(sys.resolve("dev/block")).resolve(number), device);
        return new SourceDisk(sys);
    }
}
