package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A PAR2 program accepts our sets and mends with them what was damaged.
class RecoverySetTest {
    private static final String NAME = "Some Show é.part01.rar";

    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 100",
        "3, 50",
        "4, 1",
        "5, 10",
        "999, 2",
        "4095, 3",
        "4096, 2",
        "4097, 2",
        "16383, 7",
        "16384, 2",
        "16385, 100",
        "100001, 5",
        "2000000, 1",
        "2048000, 2",
        "2048001, 2",
        "2050001, 100",
        "5000003, 20"
    })
    void aParProgramVerifiesAndMends(int length, int percent) throws Exception {
        var set = write(length, percent);
        verify();

        damage(set.recoverySlices() * set.sliceSize() / 2, length);
        assertThat(par2("verify").exit()).as("damage is seen").isNotZero();
        repair();

        assertThat(scratch.resolve(NAME)).hasBinaryContent(content(length));
    }

    @ParameterizedTest
    @CsvSource({"5000003, 2", "16385, 10"})
    void everySliceThatMayBeLostMayBeLostInAnotherPlace(int length, int percent) throws Exception {
        var set = write(length, percent);
        var damaged = content(length);
        for (var i = 0; i < set.recoverySlices(); i++) {
            damaged[(int) ((set.slices() - 1L) * i / set.recoverySlices() * set.sliceSize()) + 3] ^= 0x55;
        }
        Files.write(scratch.resolve(NAME), damaged);

        repair();

        assertThat(scratch.resolve(NAME)).hasBinaryContent(content(length));
    }

    @Test
    void aNameThatLeavesNoneForItsSetIsRefused() {
        var volume = new Volume(0, "folder/" + "x".repeat(250), 1_000);
        assertThatThrownBy(() -> RecoverySet.of(volume, 2)).hasMessageContaining("rename it, or leave recovery out");
    }

    @Test
    void aVolumeThatEndsEarlyIsMended() throws Exception {
        var set = write(3_000_001, 5);
        var bytes = content(3_000_001);
        var left = (int) ((set.slices() - set.recoverySlices()) * set.sliceSize()) + 5;
        Files.write(scratch.resolve(NAME), Arrays.copyOf(bytes, left));

        repair();

        assertThat(scratch.resolve(NAME)).hasBinaryContent(bytes);
    }

    @Test
    void theIndexAloneSeesDamage() throws Exception {
        var set = write(300_000, 2);
        Files.delete(scratch.resolve(set.recoveryName()));
        verify();
        damage(1, 300_000);

        assertThat(par2("verify").exit()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "77, 2", "16384, 3", "2048001, 2", "5000003, 20"})
    void lengthsAndBytesAreKnownBeforehandAndStayTheSame(int length, int percent) throws Exception {
        var set = write(length, percent);
        var index = Files.readAllBytes(scratch.resolve(set.indexName()));
        var recovery = Files.readAllBytes(scratch.resolve(set.recoveryName()));
        assertThat(index).hasSize(Math.toIntExact(set.indexLength()));
        assertThat(recovery).hasSize(Math.toIntExact(set.recoveryLength()));

        write(length, percent);

        assertThat(scratch.resolve(set.indexName())).hasBinaryContent(index);
        assertThat(scratch.resolve(set.recoveryName())).hasBinaryContent(recovery);
    }

    @Test
    void moreThanFitsIntoMemoryIsRefusedWithTheRemedy() throws Exception {
        assertThat(RecoverySet.of(volume(480L << 20), 50).recoveryLength()).isGreaterThan(240L << 20);

        assertThatThrownBy(() -> RecoverySet.of(volume(500L << 20), 60))
                .isInstanceOfSatisfying(ArchiveException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(ArchiveException.Kind.REFUSED);
                    assertThat(refusal).hasMessageContaining(NAME).hasMessageContaining("smaller volume size");
                });
    }

    @Test
    void aSetOfHalfAVolumeIsNotWritten() {
        var data = new RecoveryData(new RecoverySet(NAME, 10, 2));
        data.add(ByteBuffer.allocate(9));

        assertThatThrownBy(data::index)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(NAME);
    }

    private RecoverySet write(int length, int percent) throws IOException {
        var bytes = content(length);
        Files.write(scratch.resolve(NAME), bytes);
        var set = new RecoverySet(NAME, length, percent);
        var data = new RecoveryData(set);
        for (var at = 0; at < length; ) {
            var next = Math.min(length - at, 10_007); // as uneven as a caller may be
            data.add(ByteBuffer.wrap(bytes, at, next));
            at += next;
        }
        write(set, data);
        return set;
    }

    private void write(RecoverySet set, RecoveryData data) throws IOException {
        Files.write(scratch.resolve(set.indexName()), data.index().readAllBytes());
        Files.write(scratch.resolve(set.recoveryName()), data.recovery().readAllBytes());
    }

    /// Spoils so many bytes, from the beginning.
    private void damage(long bytes, int length) throws IOException {
        var damaged = content(length);
        for (var i = 0; i < Math.clamp(bytes, 1, length); i++) {
            damaged[i] ^= 0x5A;
        }
        Files.write(scratch.resolve(NAME), damaged);
    }

    private static byte[] content(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Volume volume(long length) {
        return new Volume(0, NAME, length);
    }

    private void verify() throws Exception {
        var result = par2("verify");
        assertThat(result.exit()).as(result.output()).isZero();
    }

    private void repair() throws Exception {
        var result = par2("repair");
        assertThat(result.exit()).as(result.output()).isZero();
    }

    private Commands.Result par2(String what) throws Exception {
        return Commands.run(scratch, List.of("par2", what, "-q", NAME + ".par2"));
    }
}
