package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A plan is a pure function: no file is touched here, none of the sources exist.
class ArchivePlanTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
    private static final long MIB = 1L << 20;

    @Test
    void samePlanForSameArguments() throws Exception {
        var entries = List.of(file("Top/a", 1000), folder("Top"));

        var one = ArchivePlan.of("Top", entries, ArchiveOptions.rar5(500));
        var two = ArchivePlan.of("Top", List.copyOf(entries), ArchiveOptions.rar5(500));
        assertThat(one.fingerprint()).isEqualTo(two.fingerprint()).hasSize(64);
        assertThat(one.length()).isEqualTo(two.length());
    }

    @Test
    void everythingTheBytesDependOnChangesTheFingerprint() throws Exception {
        var link = new Entry("l", Entry.Kind.SYMLINK, Path.of("/x"), 0, TIME, 0120777, "a");
        var variants = Stream.of(
                List.of(file("a", 10), link),
                List.of(link, file("a", 10)),
                List.of(file("b", 10), link),
                List.of(file("a", 11), link),
                List.of(new Entry("a", Entry.Kind.FILE, Path.of("/x"), 10, TIME.plusNanos(1), 0100644, null), link),
                List.of(new Entry("a", Entry.Kind.FILE, Path.of("/x"), 10, TIME, 0100600, null), link),
                List.of(file("a", 10), new Entry("l", Entry.Kind.SYMLINK, Path.of("/x"), 0, TIME, 0120777, "b")));
        var prints = new ArrayList<String>();
        for (var entries : variants.toList()) {
            prints.add(ArchivePlan.of("p", entries, ArchiveOptions.rar5(500)).fingerprint());
        }
        prints.add(ArchivePlan.of("p", List.of(file("a", 10), link), ArchiveOptions.rar5(501))
                .fingerprint());

        assertThat(prints).doesNotHaveDuplicates();
    }

    @Test
    void theFingerprintIsTheSameInEveryReleaseThatWritesTheSameBytes() throws Exception {
        // If this fails, packs begun by an older release cannot be resumed: raise Fingerprint.WRITER_VERSION on
        // purpose.
        assertThat(ArchivePlan.of("p", List.of(file("a", 10)), ArchiveOptions.rar5(500))
                        .fingerprint())
                .isEqualTo("c7dfbe1dd435a8d171328bc1f5d4c774b56b10aef130a864735ceaa0a107c8b0");
    }

    @Test
    void neitherThePackNameNorTheSourcesPlaceChangeTheFingerprint() throws Exception {
        var here = new Entry("a", Entry.Kind.FILE, Path.of("/here"), 10, TIME, 0100644, null);
        var there = new Entry("a", Entry.Kind.FILE, Path.of("/there"), 10, TIME, 0100644, null);

        assertThat(ArchivePlan.of("p", List.of(here), ArchiveOptions.rar5(500)).fingerprint())
                .isEqualTo(ArchivePlan.of("q", List.of(there), ArchiveOptions.rar5(500))
                        .fingerprint());
    }

    @Test
    void piecesTellWhereEveryByteOfAFileLies() throws Exception {
        var plan = ArchivePlan.of("p", List.of(file("a", 1000), file("empty", 0)), ArchiveOptions.rar5(400));
        var pieces = plan.pieces(0);

        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(pieces.stream().mapToLong(Piece::length).sum()).isEqualTo(1000);
        assertThat(pieces).isSortedAccordingTo(Comparator.comparingLong(Piece::offsetInFile));
        assertThat(pieces.get(1).offsetInFile()).isEqualTo(pieces.getFirst().length());
        assertThat(pieces.get(1).volume()).isEqualTo(1);
        assertThat(plan.pieces(1)).isEmpty();
    }

    @Test
    void twentyThousandFilesArePlannedAndAskable() throws Exception {
        var entries = IntStream.range(0, 20_000)
                .mapToObj(i -> file("Top/file" + i, i))
                .toList();
        var plan = ArchivePlan.of("Top", entries, ArchiveOptions.rar5(MIB));

        assertThat(plan.pieces(19_999).stream().mapToLong(Piece::length).sum()).isEqualTo(19_999);
        assertThat(plan.volumes()).extracting(Volume::name).first().isEqualTo("Top.part001.rar");
    }

    @Test
    void aTerabyteIsPlannedWithoutHoldingIt() throws Exception {
        var plan = ArchivePlan.of("big", List.of(file("big", 1L << 40)), ArchiveOptions.rar5(500 * MIB));

        assertThat(plan.volumes()).hasSize(2098);
        assertThat(plan.length()).isGreaterThan(1L << 40);
    }

    @Test
    void asManyVolumesAsAreAllowedAndNotOneMore() throws Exception {
        var options = ArchiveOptions.rar5(MIB);
        var most = ArchivePlan.of("p", List.of(file("a", 65_535 * (MIB - 300))), options);
        assertThat(most.volumes().size()).isBetween(65_500, 65_535);
        assertThat(most.volumes().getLast().name()).startsWith("p.part655");

        assertThatThrownBy(() -> ArchivePlan.of("p", List.of(file("a", 65_536 * MIB)), options))
                .satisfies(e -> refuses(e, "65535", "larger volume size"));
    }

    @Test
    void aVolumeTooSmallForAHeaderIsRefusedWithTheSizeThatWouldDo() {
        assertThatThrownBy(() -> ArchivePlan.of("p", List.of(file("a", 10)), ArchiveOptions.rar5(40)))
                .satisfies(e -> refuses(e, "'a'", "at least"));
    }

    @Test
    void nothingToPackIsRefused() {
        assertThatThrownBy(() -> ArchivePlan.of("p", List.of(), ArchiveOptions.rar5(500)))
                .satisfies(e -> refuses(e, "'p'", "nothing to pack"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../b", "/a", "a//b", "", "a/", ".", "./a", "a/.", "nul\u0000", "half \uD83D pair"})
    void badNamesAreRefused(String name) {
        assertThatThrownBy(() -> ArchivePlan.of("p", List.of(file(name, 1)), ArchiveOptions.rar5(500)))
                .satisfies(e -> refuses(e, "'" + name + "'"));
    }

    @Test
    void aNameThatOccursTwiceIsRefused() {
        assertThatThrownBy(() -> ArchivePlan.of("p", List.of(file("a", 1), file("a", 2)), ArchiveOptions.rar5(500)))
                .satisfies(e -> refuses(e, "'a'", "twice"));
    }

    @Test
    void nothingMayLieBelowALinkOrAFile() {
        var link = new Entry("l", Entry.Kind.SYMLINK, Path.of("/x"), 0, TIME, 0120777, "/etc");
        assertThatThrownBy(() -> ArchivePlan.of("p", List.of(link, file("l/passwd", 1)), ArchiveOptions.rar5(500)))
                .satisfies(e -> refuses(e, "'l/passwd'", "'l'"));
    }

    @Test
    void whatMayNotArriveEverywhereIsWarnedOf() throws Exception {
        var entries = List.of(
                file("T/What?.mkv", 1),
                file("T/con.txt", 1),
                file("T/dot.", 1),
                file("T/a\u202Egpj.exe", 1),
                file("T/Readme", 1),
                file("T/README", 1),
                file("T/caf\u00e9", 1),
                file("T/cafe\u0301", 1),
                file("T/fine \uD83D\uDE80", 1),
                new Entry("T/in", Entry.Kind.SYMLINK, Path.of("/x"), 0, TIME, 0120777, "../T/Readme"),
                new Entry("T/out", Entry.Kind.SYMLINK, Path.of("/x"), 0, TIME, 0120777, "../../etc/passwd"),
                new Entry(
                        "T/ancient",
                        Entry.Kind.FILE,
                        Path.of("/x"),
                        0,
                        Instant.parse("1500-01-01T00:00:00Z"),
                        0100644,
                        null));

        assertThat(ArchivePlan.of("p", entries, ArchiveOptions.rar5(500)).warnings())
                .extracting(NameWarning::name)
                .containsExactly(
                        "T/What?.mkv",
                        "T/con.txt",
                        "T/dot.",
                        "T/a\u202Egpj.exe",
                        "T/README",
                        "T/cafe\u0301",
                        "T/out",
                        "T/ancient");
    }

    private static void refuses(Throwable thrown, String... words) {
        assertThat(thrown).isInstanceOfSatisfying(ArchiveException.class, e -> {
            assertThat(e.kind()).isEqualTo(ArchiveException.Kind.REFUSED);
            assertThat(e).hasMessageContainingAll(words);
        });
    }

    private static Entry file(String name, long size) {
        return new Entry(name, Entry.Kind.FILE, Path.of("/nowhere"), size, TIME, 0100644, null);
    }

    private static Entry folder(String name) {
        return new Entry(name, Entry.Kind.DIRECTORY, Path.of("/nowhere"), 0, TIME, 040755, null);
    }
}
