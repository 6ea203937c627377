package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.ArchiveException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts that are read several at once.
final class ReadAheadTest {
    private static final int PART = 200;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void givesTheSamePartsInTheSameOrder(ArchiveFormat format) throws Exception {
        var plan = plan(format, FolderFixture.awkward(scratch));
        var inTurn = Packing.produce(plan, partSize(plan), PartLedger.empty());

        for (var readers = 2; readers <= 5; readers++) {
            for (var more = 1; more <= 7; more += 2) {
                var ahead = drain(plan, PartLedger.empty(), plan.partsThatWait() + more, readers);
                assertThat(contents(ahead)).isEqualTo(contents(inTurn));
                assertThat(ahead.keySet()).containsExactlyElementsOf(inTurn.keySet());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void goesOnFromWhatWasAccepted(ArchiveFormat format) throws Exception {
        var plan = plan(format, FolderFixture.awkward(scratch));
        var whole = Packing.produce(plan, partSize(plan), PartLedger.empty());
        var accepted = new HashMap<>(whole);
        accepted.keySet().removeIf(name -> name.number() % 3 == 0);

        var rest = drain(plan, Packing.ledger(accepted), plan.partsThatWait() + 4, 3);

        assertThat(rest).isNotEmpty().doesNotContainKeys(accepted.keySet().toArray(Packing.PartName[]::new));
        assertThat(contents(whole)).containsAllEntriesOf(contents(rest));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void readsAheadAsFarAsItMayAndNoFurther(int readers) throws Exception {
        var plan = FolderFixture.in(scratch, "Top").file("a", 100_000).plan(ArchiveOptions.whole(ArchiveFormat.FILES));

        try (var stream = new PartStream(plan, 1000, PartLedger.empty(), 8, readers);
                var first = Packing.next(stream)) {
            assertThat(first.number()).isEqualTo(1);
            assertThat(stream.buffersMade()).isEqualTo(readers);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void neverTakesMoreBuffersThanItWasGiven(int buffers) throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(500);
        try (var stream = new PartStream(plan, PART, PartLedger.empty(), buffers, 16)) {
            // With one more needed, the stream would wait for ever: the time-out would fail this test.
            assertThat(Packing.drain(stream)).isNotEmpty();
            assertThat(stream.buffersMade()).isLessThanOrEqualTo(buffers);
        }
    }

    @Test
    void noticesThatAnotherFileTookItsPlaceBetweenTwoReaders() throws Exception {
        var folder = FolderFixture.in(scratch, "Top").file("film", 10_000);
        var other = Files.copy(folder.path("film"), scratch.resolve("other"), StandardCopyOption.COPY_ATTRIBUTES);
        var plan = folder.plan(ArchiveOptions.whole(ArchiveFormat.FILES));

        try (var stream = new PartStream(plan, 1000, PartLedger.empty(), 4, 2)) {
            Packing.next(stream).close();
            Files.move(other, folder.path("film"), StandardCopyOption.ATOMIC_MOVE);

            assertThatThrownBy(() -> Packing.drain(stream)).isInstanceOfSatisfying(ArchiveException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.SOURCE_CHANGED);
                assertThat(e).hasMessageContainingAll("'Top/film'", "another file took its place");
            });
        }
    }

    @Test
    void namesTheFileThatCannotBeRead() throws Exception {
        var folder = FolderFixture.in(scratch, "Top").file("a", 5_000).file("b", 5_000);
        var plan = folder.plan(ArchiveOptions.whole(ArchiveFormat.FILES));
        Files.delete(folder.path("b"));

        assertThatThrownBy(() -> drain(plan, PartLedger.empty(), 5, 3))
                .isInstanceOfSatisfying(ArchiveException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.SOURCE_UNREADABLE);
                    assertThat(e).hasMessageContaining("'Top/b'");
                });
    }

    private static ArchivePlan plan(ArchiveFormat format, FolderFixture folder) throws Exception {
        return folder.plan(format == ArchiveFormat.RAR5 ? ArchiveOptions.rar5(700) : ArchiveOptions.whole(format));
    }

    private static int partSize(ArchivePlan plan) {
        return Math.toIntExact(Math.max(PART, plan.longestHeader()));
    }

    private static Map<Packing.PartName, Packing.Kept> drain(
            ArchivePlan plan, PartLedger ledger, int buffers, int readers) throws Exception {
        try (var stream = new PartStream(plan, partSize(plan), ledger, buffers, readers)) {
            return Packing.drain(stream);
        }
    }

    private static Map<Packing.PartName, String> contents(Map<Packing.PartName, Packing.Kept> parts) {
        var contents = new HashMap<Packing.PartName, String>();
        parts.forEach((name, part) ->
                contents.put(name, new String(part.array(), StandardCharsets.ISO_8859_1) + part.fragments()));
        return contents;
    }
}
