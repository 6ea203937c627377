package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every planner promises, for each format, whole and cut, in the clear and under a password.
@Timeout(60)
class EveryFormatTest {
    @TempDir
    Path scratch;

    static Stream<ArchiveOptions> options() {
        var all = new ArrayList<ArchiveOptions>();
        for (var layout : RandomPack.layouts()) {
            all.add(layout);
            switch (layout.format()) {
                case RAR5, ZIP -> all.addAll(List.of(of(layout, 400), of(layout, 701)));
                case TAR -> all.addAll(List.of(of(layout, 1536), of(layout, 2000)));
                case FILES -> {}
            }
        }
        return all.stream();
    }

    static Stream<ArchiveOptions> splittable() {
        return RandomPack.layouts().stream().filter(layout -> layout.format() != ArchiveFormat.FILES);
    }

    private static ArchiveOptions of(ArchiveOptions layout, long volumeSize) {
        return new ArchiveOptions(layout.format(), volumeSize, layout.encryption(), false);
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyPlanKeepsTheContract(ArchiveOptions options) throws Exception {
        PlanContract.holds(FolderFixture.awkward(scratch).plan(options));
    }

    @ParameterizedTest
    @MethodSource("options")
    void aResumeAfterAnyCrashGivesTheSameBytesAndReadsNoAcceptedPartAgain(ArchiveOptions options) throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(options);
        Resuming.fromEveryCrash(plan, partSize(plan));
    }

    @ParameterizedTest
    @MethodSource("options")
    void aResumeWithAnyOnePartMissingProducesThatPartAlone(ArchiveOptions options) throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(options);
        Resuming.withAnyOneMissing(plan, partSize(plan));
    }

    @ParameterizedTest
    @MethodSource("options")
    void asManyPartsWaitAsThePlanSaysWhereverPartsEnd(ArchiveOptions options) throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(options);
        var buffers = plan.partsThatWait() + 1;
        var shortest = (int) Math.max(100, plan.longestHeader());
        for (var partSize = shortest; partSize < shortest + 60; partSize += 3) {
            try (var stream = new PartStream(plan, partSize, PartLedger.empty(), buffers)) {
                // With one buffer more needed, the stream would wait for ever: the time-out would fail this test.
                assertThat(Packing.drain(stream)).isNotEmpty();
                assertThat(stream.buffersMade()).isLessThanOrEqualTo(buffers);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("splittable")
    void aRefusedVolumeSizeNamesOneThatWillDo(ArchiveOptions layout) throws Exception {
        var folder = FolderFixture.in(scratch, "Top").file("a", 2000).file("longer than before", 1);
        assertThatThrownBy(() -> folder.plan(of(layout, 40)))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.kind()).isEqualTo(ArchiveException.Kind.REFUSED));

        var plan = RandomPack.plan(folder, of(layout, 40));
        assertThat(plan.volumes()).hasSizeGreaterThan(2);
        PlanContract.holds(plan);
    }

    @ParameterizedTest
    @MethodSource("splittable")
    void aVolumeIsFilledToItsLastByteBeforeTheNextBegins(ArchiveOptions layout) throws Exception {
        var folder = FolderFixture.awkward(scratch);
        // RAR5 headers grow with the digits of the volume size: from 128 to 16,383 they do not.
        var whole = folder.plan(of(layout, layout.format() == ArchiveFormat.RAR5 ? 16_000 : 100_000));
        assertThat(whole.volumes()).hasSize(1);

        assertThat(folder.plan(of(layout, whole.length())).volumes()).hasSize(1);
        assertThat(folder.plan(of(layout, whole.length() - 1)).volumes()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("splittable")
    void moreVolumesThanAreAllowedAreRefusedWithTheRemedy(ArchiveOptions layout) {
        var mib = 1L << 20;
        var large = new Entry("a", Entry.Kind.FILE, scratch, 65_536 * mib, Instant.EPOCH, 0100644, null);

        assertThatThrownBy(() -> ArchivePlan.of("p", List.of(large), of(layout, mib)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContainingAll("65535", "choose a larger volume size");
    }

    @Test
    void moreFilesThanCanBeKeptAsTheyAreAreRefusedWithTheRemedy() throws Exception {
        var entries = IntStream.rangeClosed(0, 65_535)
                .mapToObj(i -> new Entry("f" + i, Entry.Kind.FILE, scratch, 1, Instant.EPOCH, 0100644, null))
                .toList();
        var options = ArchiveOptions.whole(ArchiveFormat.FILES);

        assertThat(ArchivePlan.of("p", entries.subList(1, entries.size()), options)
                        .volumes())
                .hasSize(65_535);
        assertThatThrownBy(() -> ArchivePlan.of("p", entries, options))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContainingAll("65535", "choose an archive");
    }

    /// Short enough for many parts, and never a divisor of a volume or a block.
    private static int partSize(ArchivePlan plan) {
        return Math.toIntExact(Math.max(137, plan.longestHeader() + 3));
    }
}
