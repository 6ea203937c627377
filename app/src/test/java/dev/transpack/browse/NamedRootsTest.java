package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.browse.BrowseSettings.Shared;
import dev.transpack.browse.NamedRoots.Named;
import dev.transpack.nodes.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedRootsTest {
    @TempDir
    Path home;

    private Path downloads;
    private Path film;

    @BeforeEach
    void lay() throws IOException {
        home = home.toRealPath();
        downloads = Files.createDirectory(home.resolve("downloads"));
        film = Files.createFile(downloads.resolve("film.mkv"));
    }

    private NamedRoots roots(String host, boolean alone, Shared... shared) {
        var settings = new BrowseSettings(downloads, new PathMap(List.of()), List.of(shared));
        return new NamedRoots(settings, new Machine(host, alone));
    }

    @Test
    void aFolderIsCalledByItsMachineSoThatAnotherMachineWithTheSamePathIsAnother() {
        var root = "box1:" + downloads;
        assertThat(roots("box1", false).of(film, downloads)).contains(new Named(root, downloads));
        assertThat(roots("box1", false).sees(root)).isTrue();
        assertThat(roots("box2", false).sees(root)).isFalse();
        assertThat(roots("box2", false).look(List.of(root))).isEqualTo(Map.of("box2:" + downloads, true));
    }

    @Test
    void whereTheDatabaseIsOnThisMachineItsNameDoesNotCount() {
        assertThat(roots("a-new-container", true).sees("an-old-one:" + downloads))
                .isTrue();
    }

    @Test
    void aSharedFolderHasOneNameWhereverItIsMounted() throws IOException {
        var mounted = Files.createDirectories(home.resolve("mnt/nas"));
        var copy = Files.createFile(mounted.resolve("film.mkv"));
        var here = roots("box1", false, new Shared("nas", downloads));
        var there = roots("box2", false, new Shared("nas", mounted));
        assertThat(here.of(film, downloads)).contains(new Named("nas", downloads));
        assertThat(there.of(copy, mounted)).contains(new Named("nas", mounted));
        assertThat(there.folder("nas")).contains(mounted);
        assertThat(NamedRoots.identity(settings(downloads), film))
                .isEqualTo(NamedRoots.identity(settings(mounted), copy))
                .isEqualTo("nas:film.mkv");
    }

    /// A machine that took the place of another says so.
    @Test
    void theNameOfAnotherMachineCanBeTakenOver() {
        assertThat(roots("box2", false, new Shared("box1:/srv", downloads)).sees("box1:/srv"))
                .isTrue();
    }

    @Test
    void whereNothingIsMountedNothingIsSeen() throws IOException {
        var roots = roots("box1", false, new Shared("nas", home.resolve("nas")));
        assertThat(roots.look(List.of())).containsEntry("nas", false);
        Files.createDirectory(home.resolve("nas"));
        assertThat(roots.sees("nas")).isFalse();
        assertThat(roots.knows("nas")).isTrue();
        Files.createFile(home.resolve("nas/film.mkv"));
        assertThat(roots.look(List.of())).containsEntry("nas", true);
    }

    @Test
    void whoseMountHasDroppedSaysNothingOfWhatOthersMay() throws IOException {
        var nas = new Shared("nas", Files.createDirectory(home.resolve("nas")));
        assertThat(roots("box1", false, nas).answersFor("nas")).isFalse();
        assertThat(roots("box1", true, nas).answersFor("nas")).isTrue();
        Files.delete(film);
        assertThat(roots("box1", false, nas).answersFor("box1:" + downloads))
                .as("its own, that nobody else has")
                .isTrue();
        assertThat(roots("box1", false).answersFor("box2:" + downloads)).isFalse();
        Files.createFile(home.resolve("nas/film.mkv"));
        assertThat(roots("box1", false, nas).answersFor("nas")).isTrue();
    }

    /// Who goes on with a purge that took the last download of a folder must not wait for files there.
    @Test
    void whoLooksAtWhatIsLeftOfAFolderIsBoundToItsMachineAndNotToFiles() throws IOException {
        var own = "box1:" + downloads;
        assertThat(roots("box1", true).bound(own)).isEmpty();
        assertThat(roots("box1", false).bound(own)).contains("box1:/");
        assertThat(roots("box2", false).bound(own)).as("another machine's").contains(own);
        assertThat(roots("box1", false, new Shared("nas", downloads)).bound("nas"))
                .contains("nas");
        Files.delete(film);
        assertThat(roots("box1", false).sees(own)).isFalse();
        assertThat(roots("box1", false).look(List.of("box1:/"))).containsEntry("box1:/", true);
        assertThat(roots("box2", false).sees("box1:/")).isFalse();
    }

    @Test
    void whatLiesOnANetworkDiskIsMountedHoweverEmpty() {
        assertThat(List.of("nfs4", "cifs", "fuse.sshfs")).allMatch(NamedRoots::isOfNetwork);
        assertThat(List.of("ext4", "overlay", "tmpfs", "autofs")).noneMatch(NamedRoots::isOfNetwork);
    }

    private static BrowseSettings settings(Path folder) {
        return new BrowseSettings(folder, new PathMap(List.of()), List.of(new Shared("nas", folder)));
    }
}
