package dev.transpack.fetching;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import dev.transpack.librar.Entry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where things are made: below one folder, through no link, over nothing that is there.
final class Landing {
    private final Path directory;
    private final Set<Path> seen = new HashSet<>();

    Landing(Path directory) {
        this.directory = directory;
    }

    /// Whether an item is there already, as it should be.
    ///
    /// @throws FetchException if something else is in its place
    boolean has(Item item) throws IOException {
        requireFolders(item);
        var there = place(item);
        if (Files.notExists(there, LinkOption.NOFOLLOW_LINKS)) return false;
        var same = switch (item.kind()) {
            case DIRECTORY -> Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS);
            case SYMLINK ->
                Files.isSymbolicLink(there)
                        && Files.readSymbolicLink(there).toString().equals(item.link());
            case FILE ->
                Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
                        && Files.size(there) == item.size()
                        && FileSums.read(there, 0, item.size()) == item.crc32();
        };
        if (!same) throw inTheWay(there);
        return true;
    }

    /// To be called when time has passed: what was seen to be a folder may be a link by now.
    void lookAgain() {
        seen.clear();
    }

    /// Puts a file that is whole in its place.
    void land(Item item, Path from) throws IOException {
        var to = place(item);
        requireFolders(item);
        Files.createDirectories(to.getParent());
        dress(from, item);
        try {
            Files.move(from, to);
        } catch (FileAlreadyExistsException _) {
            throw inTheWay(to);
        }
    }

    /// Makes folders.
    void makeFolder(Item item) throws IOException {
        requireFolders(item);
        Files.createDirectories(place(item));
    }

    /// Makes a link, unless it leads out of the folder.
    ///
    /// @return whether it was made
    boolean makeLink(Item item) throws IOException {
        if (!PathRules.staysInside(item.path(), item.link())) return false;
        var to = place(item);
        requireFolders(item);
        Files.createDirectories(to.getParent());
        Files.createSymbolicLink(to, Path.of(item.link()));
        dress(to, item);
        return true;
    }

    /// Times of folders, and modes of those that were made, when nothing more is put into them.
    void dressFolders(List<Item> items, List<Item> made) throws IOException {
        var folders = new ArrayList<>(items);
        folders.removeIf(item -> item.kind() != Entry.Kind.DIRECTORY);
        folders.sort(Comparator.comparing(Item::path).reversed()); // what is inside comes first
        var own = new HashSet<>(made);
        for (var folder : folders) {
            if (own.contains(folder)) dress(place(folder), folder);
            else date(place(folder), folder);
        }
    }

    private Path place(Item item) {
        return directory.resolve(item.path());
    }

    /// Every folder above is a folder, or is not there yet.
    private void requireFolders(Item item) throws FetchException {
        for (var above = place(item).getParent();
                above != null && !above.equals(directory);
                above = above.getParent()) {
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS))
                throw inTheWay(above);
            if (!seen.add(above)) return;
        }
    }

    private static void dress(Path path, Item item) throws IOException {
        var link = item.kind() == Entry.Kind.SYMLINK;
        var posix = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (item.mode() != null && posix != null && !link) posix.setPermissions(permissions(posix, item.mode()));
        date(path, item);
    }

    private static void date(Path path, Item item) throws IOException {
        var modified = item.modified();
        if (modified == null) return;
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(modified), null, null);
    }

    /// As the pack has them, but for others never more than what this process makes gets anyway: its umask is the
    /// user's word against a stranger's.
    private static Set<PosixFilePermission> permissions(PosixFileAttributeView made, int mode) throws IOException {
        var usual = made.readAttributes().permissions();
        var wanted = permissions(mode);
        if (!usual.contains(GROUP_WRITE)) wanted.remove(GROUP_WRITE);
        if (!usual.contains(OTHERS_WRITE)) wanted.remove(OTHERS_WRITE);
        if (!usual.contains(GROUP_READ)) wanted.removeAll(EnumSet.of(GROUP_READ, GROUP_EXECUTE));
        if (!usual.contains(OTHERS_READ)) wanted.removeAll(EnumSet.of(OTHERS_READ, OTHERS_EXECUTE));
        return wanted;
    }

    /// The constants stand from the highest bit to the lowest.
    private static Set<PosixFilePermission> permissions(int mode) {
        var all = PosixFilePermission.values();
        var set = EnumSet.noneOf(PosixFilePermission.class);
        for (var i = 0; i < all.length; i++) if ((mode & (0400 >> i)) != 0) set.add(all[i]);
        return set;
    }

    private static FetchException inTheWay(Path there) {
        return FetchException.endsIt(
                "'" + there + "' is in the way and is not what this pack has there: move it away, or"
                        + " choose another folder with -o.");
    }
}
