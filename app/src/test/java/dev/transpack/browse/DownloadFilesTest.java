package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.browse.FileTree.Kind;
import dev.transpack.browse.FileTree.Node;
import dev.transpack.fixtures.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files inside one download.
class DownloadFilesTest {
    private Path folder;
    private DownloadRoot root;

    @BeforeEach
    void open(@TempDir Path home) throws IOException {
        folder = home.toRealPath();
        root = DownloadRoot.open(folder);
    }

    @Test
    void foldersComeBeforeWhatIsInThem() throws IOException {
        Folders.film(folder, "film");
        Files.createDirectory(folder.resolve("film/void"));

        var tree = tree("film", 100);

        assertThat(tree.nodes())
                .containsExactly(
                        new Node("empty.nfo", Kind.FILE, 0, null),
                        new Node("film.mkv", Kind.FILE, 150_000, null),
                        new Node("subs", Kind.FOLDER, 0, null),
                        new Node("subs/en.srt", Kind.FILE, 1_000, null),
                        new Node("void", Kind.FOLDER, 0, null));
        assertThat(tree.more()).isFalse();
    }

    @Test
    void aSingleFileIsItsOwnTree() {
        Folders.file(folder, "film.mkv", 10);

        assertThat(tree("film.mkv", 100).nodes()).containsExactly(new Node("film.mkv", Kind.FILE, 10, null));
    }

    @Test
    void linksAreShownAndNotFollowed() throws IOException {
        Files.createDirectory(folder.resolve("film"));
        Files.createSymbolicLink(folder.resolve("film/up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("film/dangling"), Path.of("nothing"));

        assertThat(tree("film", 100).nodes())
                .containsExactly(new Node("dangling", Kind.LINK, 0, null), new Node("up", Kind.LINK, 0, null));
    }

    @Test
    void whatCannotBePackedIsMarked() throws IOException {
        Folders.film(folder, "film");
        Files.writeString(Path.of(URI.create("file://" + folder + "/film/%FF.txt")), "x");

        assertThat(tree("film", 100).nodes())
                .contains(new Node("\ufffd.txt", Kind.FILE, 1, "its name is not UTF-8"))
                .hasSize(5);
    }

    @Test
    void aHugeTreeEndsWithAMark() {
        for (int i = 0; i < 20; i++) Folders.file(folder, "many/" + i + "/file", 1);

        assertThat(tree("many", 7).nodes()).hasSize(7);
        assertThat(tree("many", 7).more()).isTrue();
        assertThat(tree("many", 40).more()).isFalse();
        assertThat(tree("many", 39).more()).isTrue();
        Folders.file(folder, "flat/a", 1);
        for (int i = 0; i < 20; i++) Folders.file(folder, "flat/" + i, 1);
        assertThat(tree("flat", 20).more()).isTrue();
        assertThat(tree("flat", 21).more()).isFalse();
    }

    private FileTree tree(String name, int most) {
        return FileTree.of(root.entry(Path.of(name)), most);
    }
}
