package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.ArchiveException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All or nothing: a source that is no longer what was planned fails the pack, by name.
class ChangedSourcesTest {
    private static final int PART = 1000;
    private static final Instant TIME = Instant.ofEpochSecond(1_600_000_000L, 5);

    @TempDir
    Path scratch;

    @Test
    void aFileThatGrewBeforeItWasRead() throws Exception {
        var folder = folder();
        var plan = folder.plan(1_000_000);
        folder.file("film", 10_001).modified("film", TIME);

        failsNaming(plan, Kind.SOURCE_CHANGED, "'Top/film'", "10001");
    }

    @Test
    void aFileThatWasTouchedBeforeItWasRead() throws Exception {
        var folder = folder();
        var plan = folder.plan(1_000_000);
        folder.modified("film", TIME.plusNanos(1));

        failsNaming(plan, Kind.SOURCE_CHANGED, "'Top/film'", "modified");
    }

    @Test
    void aFileThatGrowsWhileItIsRead() throws Exception {
        var folder = folder();
        failsAfterOnePart(folder, "size", () -> folder.file("film", 10_001).modified("film", TIME));
    }

    @Test
    void aFileThatShrinksWhileItIsRead() throws Exception {
        var folder = folder();
        failsAfterOnePart(
                folder, "ends at byte", () -> folder.file("film", 1500).modified("film", TIME));
    }

    @Test
    void aFileThatIsRewrittenWhileItIsRead() throws Exception {
        var folder = folder();
        failsAfterOnePart(folder, "modified", () -> folder.file("film", new byte[10_000]));
    }

    @Test
    void aFileThatIsReplacedByATwinWhileItIsRead() throws Exception {
        var folder = folder();
        failsAfterOnePart(folder, "another file took its place", () -> {
            folder.file("twin", 10_000).modified("twin", TIME);
            Files.move(folder.path("twin"), folder.path("film"), StandardCopyOption.REPLACE_EXISTING);
        });
    }

    @Test
    void aFileThatVanished() throws Exception {
        var folder = folder();
        var plan = folder.plan(1_000_000);
        Files.delete(folder.path("film"));

        failsNaming(plan, Kind.SOURCE_UNREADABLE, "'Top/film'", "not there");
    }

    @Test
    void aFolderInPlaceOfAFile() throws Exception {
        var folder = folder();
        var plan = folder.plan(1_000_000);
        Files.delete(folder.path("film"));
        Files.createDirectory(folder.path("film"));

        failsNaming(plan, Kind.SOURCE_CHANGED, "'Top/film'", "no FILE any more");
    }

    @Test
    void aLinkInPlaceOfAFileIsNotFollowed() throws Exception {
        var folder = folder();
        var plan = folder.plan(1_000_000);
        Files.move(folder.path("film"), scratch.resolve("elsewhere"));
        Files.createSymbolicLink(folder.path("film"), scratch.resolve("elsewhere"));

        failsNaming(plan, Kind.SOURCE_CHANGED, "'Top/film'", "no FILE any more");
    }

    @Test
    void aFileThatCannotBeRead() throws Exception {
        // A file of Linux itself that says it has 4096 bytes and refuses every read, for root too.
        var refusing = Path.of("/sys/devices/virtual/net/lo/speed");
        var facts = UnixFacts.of(refusing);
        var entry = new Entry("Top/refusing", Entry.Kind.FILE, refusing, facts.size(), facts.modified(), 0100644, null);
        var plan = ArchivePlan.of("Top", List.of(entry), ArchiveOptions.rar5(1_000_000));

        failsNaming(plan, Kind.SOURCE_UNREADABLE, "'Top/refusing'", "Invalid argument");
    }

    @Test
    void theLastLookFindsWhatChangedAfterItWasRead() throws Exception {
        var folder = folder().link("link", "film");
        var plan = folder.plan(1_000_000);
        Packing.produce(plan, PART, PartLedger.empty());
        plan.verifySources();
        folder.modified("film", TIME.plusSeconds(1));

        assertThatThrownBy(plan::verifySources).satisfies(e -> says(e, Kind.SOURCE_CHANGED, "'Top/film'"));
    }

    @Test
    void theLastLookFindsAFileThatWasAdded() throws Exception {
        var folder = folder();
        var plan = folder.plan(1_000_000);
        folder.file("late", 1);

        assertThatThrownBy(plan::verifySources).satisfies(e -> says(e, Kind.SOURCE_CHANGED, "'Top'"));
    }

    @Test
    void theLastLookFindsALinkThatLeadsElsewhere() throws Exception {
        var folder = folder().link("link", "film").modified("link", TIME);
        var plan = folder.plan(1_000_000);
        plan.verifySources();
        Files.delete(folder.path("link"));
        folder.link("link", "other").modified("link", TIME);

        assertThatThrownBy(plan::verifySources).satisfies(e -> says(e, Kind.SOURCE_CHANGED, "'Top/link'"));
    }

    @Test
    void aFailedPackLeavesNothingInItsFolder() throws Exception {
        var folder = folder();
        var plan = folder.plan(5_000);
        Files.delete(folder.path("film"));
        var target = Files.createDirectory(scratch.resolve("target"));

        assertThatThrownBy(() -> Packing.write(plan, target, PART)).isInstanceOf(ArchiveException.class);
        assertThat(target).isEmptyDirectory();
    }

    private FolderFixture folder() throws Exception {
        return FolderFixture.in(scratch, "Top").file("film", 10_000).modified("film", TIME);
    }

    private interface Change {
        void make() throws Exception;
    }

    private static void failsAfterOnePart(FolderFixture folder, String what, Change change) throws Exception {
        // The header needs the whole file, so the second part comes first; a small volume lets it out early.
        var plan = folder.plan(3_000);
        try (var stream = new PartStream(plan, PART, PartLedger.empty(), 3)) {
            Packing.next(stream).close();
            change.make();

            assertThatThrownBy(() -> Packing.drain(stream))
                    .satisfies(e -> says(e, Kind.SOURCE_CHANGED, "'Top/film'", what));
        }
    }

    private static void failsNaming(ArchivePlan plan, Kind kind, String... words) {
        assertThatThrownBy(() -> Packing.produce(plan, PART, PartLedger.empty()))
                .satisfies(e -> says(e, kind, words));
    }

    private static void says(Throwable thrown, Kind kind, String... words) {
        assertThat(thrown).isInstanceOfSatisfying(ArchiveException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e).hasMessageContainingAll(words);
        });
    }
}
