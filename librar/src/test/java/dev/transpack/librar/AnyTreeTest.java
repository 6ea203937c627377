package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.librar.Packing.Kept;
import dev.transpack.librar.Packing.PartName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/// Whatever the tree, the layout and the sizes: all ways to a pack's bytes give the same, and as many as were planned.
/// What fails is shown with the seed that repeats it.
class AnyTreeTest {
    private static final int RANGES = 20;

    @Provide
    Arbitrary<RandomPack> packs() {
        return RandomPack.any();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void everyWayGivesTheSameBytes(@ForAll("packs") RandomPack pack) throws Exception {
        inScratch(scratch -> new Ways(pack, scratch).agree());
    }

    @Property(tries = 12, shrinking = ShrinkingMode.BOUNDED)
    void whatWasPackedComesOut(@ForAll("packs") RandomPack pack) throws Exception {
        inScratch(scratch -> {
            var folder = pack.build(scratch.resolve("in"));
            Judges.agree(pack.plan(folder), folder, scratch);
        });
    }

    @Tag("long")
    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
    void everyWayGivesTheSameBytesForManyMore(@ForAll("packs") RandomPack pack) throws Exception {
        everyWayGivesTheSameBytes(pack);
    }

    @Tag("long")
    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void whatWasPackedComesOutForManyMore(@ForAll("packs") RandomPack pack) throws Exception {
        whatWasPackedComesOut(pack);
    }

    /// All ways to the bytes of one pack.
    private static final class Ways {
        private final ArchivePlan plan;
        private final Path scratch;
        private final int partSize;
        private final Random random;
        private final Map<PartName, Kept> whole;
        private final List<byte[]> volumes;

        Ways(RandomPack pack, Path scratch) throws Exception {
            this.plan = pack.plan(pack.build(scratch.resolve("in")));
            this.scratch = scratch;
            this.partSize = pack.partSize(plan);
            this.random = new Random(pack.seed());
            this.whole = Packing.produce(plan, partSize, PartLedger.empty());
            this.volumes = Packing.volumes(whole);
        }

        void agree() throws Exception {
            PlanContract.holds(plan);
            assertThat(volumes.stream().map(bytes -> (long) bytes.length))
                    .containsExactlyElementsOf(
                            plan.volumes().stream().map(Volume::length).toList());
            otherParts();
            resumed();
            ranges();
            written();
        }

        private void otherParts() throws Exception {
            var other = Packing.produce(plan, partSize + 1 + random.nextInt(500), PartLedger.empty());
            assertSame(Packing.volumes(other));
        }

        private void resumed() throws Exception {
            var before = new LinkedHashMap<>(whole);
            before.keySet().removeIf(part -> random.nextBoolean());
            Resuming.fromLedger(plan, partSize, whole, before);
        }

        private void ranges() throws Exception {
            try (var reader = new RangeReader(plan)) {
                for (var i = 0; i < RANGES; i++) {
                    var volume = random.nextInt(volumes.size());
                    var bytes = volumes.get(volume);
                    var from = random.nextInt(bytes.length);
                    var target = ByteBuffer.allocate(1 + random.nextInt(bytes.length));
                    var read = reader.read(volume, from, target);
                    assertThat(read).isEqualTo(Math.min(target.capacity(), bytes.length - from));
                    assertThat(Arrays.equals(target.array(), 0, read, bytes, from, from + read))
                            .as("volume %d from byte %d on", volume, from)
                            .isTrue();
                }
            }
        }

        private void written() throws Exception {
            var target = Files.createDirectory(scratch.resolve("written"));
            Packing.write(plan, target, partSize);
            var found = new ArrayList<byte[]>();
            for (var volume : plan.volumes()) {
                found.add(Files.readAllBytes(target.resolve(volume.name())));
            }
            assertSame(found);
        }

        private void assertSame(List<byte[]> found) {
            assertThat(found).hasSameSizeAs(volumes);
            for (var i = 0; i < volumes.size(); i++) {
                assertThat(Arrays.mismatch(found.get(i), volumes.get(i)))
                        .as("first byte of volume %d that differs", i)
                        .isEqualTo(-1);
            }
        }
    }

    private interface Trial {
        void in(Path scratch) throws Exception;
    }

    private static void inScratch(Trial trial) throws Exception {
        var scratch = Files.createTempDirectory("librar");
        try {
            trial.in(scratch);
        } finally {
            remove(scratch);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
