package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.EntryScan.Unreadable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything is either an entry or reported by name.
class EntryScanTest {
    @TempDir
    Path scratch;

    @Test
    void filesComeInNameOrderAndFoldersLastDeepestFirst() throws Exception {
        var scan = FolderFixture.in(scratch, "Top")
                .file("b/deep/x", 1)
                .file("a", 1)
                .file("b/y", 1)
                .folder("z")
                .scan();

        assertThat(scan.entries())
                .extracting(Entry::name)
                .containsExactly("Top/a", "Top/b/deep/x", "Top/b/y", "Top/b/deep", "Top/b", "Top/z", "Top");
        assertThat(scan.unreadable()).isEmpty();
    }

    @Test
    void aSingleFileIsARootOfItsOwn() throws Exception {
        var folder = FolderFixture.in(scratch, "Top").file("film.mkv", 7).mode("film.mkv", "rw-r-----");

        assertThat(EntryScan.of(folder.path("film.mkv")).entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.name()).isEqualTo("film.mkv");
                    assertThat(entry.size()).isEqualTo(7);
                    assertThat(entry.mode()).isEqualTo(0100640);
                });
    }

    @Test
    void linksAreEntriesAndNeverFollowed() throws Exception {
        var outside = FolderFixture.in(scratch, "Outside").file("secret", 1);
        var scan = FolderFixture.in(scratch, "Top")
                .link("out", outside.path().toString())
                .link("loop", "..")
                .link("dangling", "nowhere")
                .scan();

        assertThat(scan.entries())
                .extracting(Entry::name)
                .containsExactly("Top/dangling", "Top/loop", "Top/out", "Top");
        assertThat(scan.entries().getLast().kind()).isEqualTo(Entry.Kind.DIRECTORY);
        assertThat(scan.entries().get(1).linkTarget()).isEqualTo("..");
    }

    @Test
    void pipesAndDevicesAreReported() throws Exception {
        var folder = FolderFixture.in(scratch, "Top").file("fine", 1);
        Commands.succeed(folder.path(), List.of("mkfifo", "pipe"));

        var scan = folder.scan();
        assertThat(scan.unreadable()).containsExactly(new Unreadable("Top/pipe", "it is a socket, pipe or device"));
        assertThat(scan.entries()).extracting(Entry::name).containsExactly("Top/fine", "Top");
    }

    @Test
    void namesThatAreNotUtf8AreReportedInAPrintableForm() throws Exception {
        var folder = FolderFixture.in(scratch, "Top");
        Commands.succeed(
                folder.path(),
                List.of("sh", "-c", "touch \"$(printf 'a\\351 b.txt')\" \"$(printf '\\357\\277\\275')\""));

        var scan = folder.scan();
        assertThat(scan.unreadable()).extracting(Unreadable::name).containsExactly("Top/a\\xE9 b.txt");
        // U+FFFD itself is a valid name, although it is what Java shows for an invalid one
        assertThat(scan.entries()).extracting(Entry::name).containsExactly("Top/\uFFFD", "Top");
    }

    @Test
    void aFilterKeepsWhatItAcceptsAndTheFoldersAbove() throws Exception {
        var folder = FolderFixture.in(scratch, "Top")
                .file("a/keep.mkv", 1)
                .file("a/drop.txt", 1)
                .file("b/drop.txt", 1);

        assertThat(EntryScan.of(folder.path(), name -> name.endsWith(".mkv")).entries())
                .extracting(Entry::name)
                .containsExactly("Top/a/keep.mkv", "Top/a", "Top");
    }

    @Test
    void anInterruptEndsTheWalk() throws Exception {
        var folder =
                FolderFixture.in(scratch, "Top").file("a/1", 1).file("a/2", 1).file("b/3", 1);
        var seen = new ArrayList<String>();

        assertThatThrownBy(() -> EntryScan.of(folder.path(), name -> {
                    Thread.currentThread().interrupt();
                    return seen.add(name);
                }))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.kind()).isEqualTo(ArchiveException.Kind.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).hasSize(1);
    }

    @Test
    void whatIsNotThereIsAnError() {
        assertThatThrownBy(() -> EntryScan.of(scratch.resolve("nothing")))
                .isInstanceOfSatisfying(
                        ArchiveException.class,
                        e -> assertThat(e.kind()).isEqualTo(ArchiveException.Kind.SOURCE_UNREADABLE))
                .hasMessageContaining("nothing");
    }

    @Test
    void whatPermissionsForbidIsReported() throws Exception {
        var folder = FolderFixture.in(scratch, "Top")
                .file("locked/file", 1)
                .file("private", 1)
                .mode("private", "---------")
                .mode("locked", "---------");
        // Root may read everything, so the scan runs as nobody in a JVM of its own when this test runs as root.
        var seen = UnprivilegedScan.of(folder.path());

        assertThat(seen).contains("Top/locked: permission denied", "Top/private: permission denied");
        folder.mode("locked", "rwx------");
    }
}
