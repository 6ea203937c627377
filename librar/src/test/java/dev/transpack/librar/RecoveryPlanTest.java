package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every volume of a pack gets a set of its own, listed with the volumes before a byte is read.
class RecoveryPlanTest {
    @TempDir
    Path scratch;

    static Stream<ArchiveOptions> options() {
        var encryption = new Encryption(new Password("pw"), "0123456789abcdef".repeat(4), Encryption.Scope.CONTENTS);
        return Stream.of(
                ArchiveOptions.rar5(100_000),
                ArchiveOptions.rar5(100_000).encrypted(encryption),
                new ArchiveOptions(ArchiveFormat.ZIP, 100_000),
                new ArchiveOptions(ArchiveFormat.ZIP, 100_000).encrypted(encryption),
                new ArchiveOptions(ArchiveFormat.TAR, 100_000),
                ArchiveOptions.whole(ArchiveFormat.FILES));
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyVolumeIsMendedByItsOwnSet(ArchiveOptions options) throws Exception {
        var folder = FolderFixture.in(scratch, "Show").file("a.mkv", 150_000).file("sub/b.mkv", 70_001);
        var plan = RecoveryPlan.of(folder.plan(options), 10);

        var target = write(plan);

        assertThat(plan.volumes()).hasSize(3 * plan.plan().volumes().size());
        for (var volume : plan.volumes()) {
            assertThat(target.resolve(volume.name())).hasSize(volume.length());
            assertThat(plan.volumes().get(volume.index())).isSameAs(volume);
        }
        for (var volume : plan.plan().volumes()) {
            var path = target.resolve(volume.name());
            var good = Files.readAllBytes(path);
            var bad = good.clone();
            bad[bad.length / 2] ^= 1;
            Files.write(path, bad);
            Commands.succeed(folderOf(path), List.of("par2", "repair", "-q", path.getFileName() + ".par2"));
            assertThat(path).hasBinaryContent(good);
        }
    }

    @Test
    void aFileWithTheNameOfRecoveryDataIsRefusedByName() throws Exception {
        var folder = FolderFixture.in(scratch, "Show").file("a.mkv", 10).file("a.mkv.par2", 10);
        var plan = folder.plan(ArchiveOptions.whole(ArchiveFormat.FILES));

        assertThatThrownBy(() -> RecoveryPlan.of(plan, 2))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("a.mkv.par2");
    }

    @Test
    void withoutRecoveryDataThereAreTheVolumesAlone() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(400);

        assertThat(RecoveryPlan.of(plan, 0).volumes()).isEqualTo(plan.volumes());
        assertThat(RecoveryPlan.of(plan, 0).hasRecovery()).isFalse();
    }

    @Test
    void moreThanMemoryShouldHoldIsRefusedBeforeAByteIsRead() throws Exception {
        var plan = FolderFixture.in(scratch, "Big").sparse("big", 3L << 30, 0).plan(1L << 30);

        assertThatThrownBy(() -> RecoveryPlan.of(plan, 30))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("choose a smaller volume size");
        assertThat(RecoveryPlan.of(plan, 20).hasRecovery()).isTrue();
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private Path write(RecoveryPlan plan) throws Exception {
        var target = Files.createDirectories(scratch.resolve("target"));
        try (var stream = new PartStream(plan.plan(), 30_000, PartLedger.empty(), 4);
                var writer = new DirectoryWriter(plan, target)) {
            for (var next = stream.next(); next != null; next = stream.next()) {
                try (var part = next) {
                    writer.write(part);
                }
            }
            try (var reader = stream.rangeReader()) {
                for (var i = 0; i < plan.plan().volumes().size(); i++) {
                    var data = plan.make(i, reader);
                    writer.write(
                            plan.indexFile(i), 0, ByteBuffer.wrap(data.index().readAllBytes()));
                    writer.write(
                            plan.indexFile(i) + 1,
                            0,
                            ByteBuffer.wrap(data.recovery().readAllBytes()));
                }
            }
            writer.commit();
        }
        return target;
    }
}
