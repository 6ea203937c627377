package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Checksums that were kept give any bytes of a plan without a file being read for its checksum.
class PlanChecksumsTest {
    private static final int PART = 2048;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @MethodSource("dev.transpack.librar.EveryFormatTest#options")
    void everyVolumeIsWhatItWasAfterARestart(ArchiveOptions options) throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var sent = Sent.of(folder.plan(options));

        var again = folder.plan(options);
        var known = PlanChecksums.read(again, sent.kept());
        try (var reader = new RangeReader(again, known)) {
            for (var i = sent.volumes().size() - 1; i >= 0; i--) {
                assertThat(reader.volume(i).readAllBytes())
                        .isEqualTo(sent.volumes().get(i));
            }
        }
        assertThat(known.toBytes()).isEqualTo(sent.kept());
    }

    @Test
    void noFileIsReadForItsChecksum() throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var plan = folder.plan(300);
        var sent = Sent.of(plan);
        // Whoever read it for its checksum would find it changed.
        Files.writeString(folder.path("a-big"), "another");

        try (var reader = new RangeReader(plan, PlanChecksums.read(plan, sent.kept()))) {
            var header = reader.volume(1).readNBytes(60);
            assertThat(sent.volumes().get(1)).startsWith(header);
        }
    }

    @Test
    void anEncryptedVolumeIsReadWithoutThoseBeforeIt() throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var encryption = new Encryption(new Password("pw"), "00".repeat(32), Encryption.Scope.EVERYTHING);
        var plan = folder.plan(ArchiveOptions.rar5(701).encrypted(encryption));
        var sent = Sent.of(plan);
        var big = Files.readAllBytes(folder.path("a-big"));
        var time = Files.getLastModifiedTime(folder.path("a-big")).toInstant();
        // Whoever chained its blocks from the beginning would give other bytes.
        big[0]++;
        Files.write(folder.path("a-big"), big);
        folder.modified("a-big", time);

        try (var reader = new RangeReader(plan, PlanChecksums.read(plan, sent.kept()))) {
            for (var i = 1; i < sent.volumes().size(); i++) {
                assertThat(reader.volume(i).readAllBytes())
                        .isEqualTo(sent.volumes().get(i));
            }
            assertThat(reader.volume(0).readAllBytes())
                    .isNotEqualTo(sent.volumes().getFirst());
        }
    }

    @Test
    void aStretchIsLookedAtBeforeItIsRead() throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var plan = folder.plan(300);
        var sent = Sent.of(plan);
        var last = plan.volumes().getLast();
        folder.modified("a-big", Instant.EPOCH);

        try (var reader = new RangeReader(plan, PlanChecksums.read(plan, sent.kept()))) {
            reader.verifySources(last.index(), 0, last.length());
            reader.verifySources(0, 0, 30);
            assertThatThrownBy(() ->
                            reader.verifySources(0, 0, plan.volumes().getFirst().length()))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("a-big");
        }
    }

    @Test
    void thoseOfAnotherPlanOrDamagedOnesAreRefused() throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var plan = folder.plan(300);
        var kept = Sent.of(plan).kept();

        for (var at : List.of(0, 10, 40, kept.length - 1)) {
            var damaged = kept.clone();
            damaged[at] = (byte) (damaged[at] ^ 1);
            assertThatThrownBy(() -> PlanChecksums.read(plan, damaged)).hasMessageContaining("damaged");
        }
        assertThatThrownBy(() -> PlanChecksums.read(plan, new byte[0])).isInstanceOf(ArchiveException.class);
        var other = folder.plan(301);
        assertThatThrownBy(() -> PlanChecksums.read(other, kept)).hasMessageContaining("other files");
    }

    @Test
    void aStreamThatHasNotEndedHasNotAll() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(300);
        try (var stream = new PartStream(plan, 300, PartLedger.empty(), 3)) {
            Packing.next(stream).close();
            assertThatThrownBy(stream::checksums).isInstanceOf(IllegalStateException.class);
        }
    }

    /// A plan's bytes, and its checksums.
    private record Sent(List<byte[]> volumes, PlanChecksums checksums) {
        static Sent of(ArchivePlan plan) throws Exception {
            try (var stream = new PartStream(plan, PART, PartLedger.empty(), plan.partsThatWait() + 1)) {
                var volumes = Packing.volumes(Packing.drain(stream));
                return new Sent(volumes, stream.checksums());
            }
        }

        byte[] kept() {
            return checksums.toBytes();
        }
    }
}
