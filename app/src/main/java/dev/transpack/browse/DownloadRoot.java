package dev.transpack.browse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// One download folder, and the only place where a name becomes a path: never one outside the folder, never through a
/// link that leaves it.
final class DownloadRoot {
    private static final String NOT_PERMITTED = "this program may not read it: give its user the right to";

    private final Path path;

    private DownloadRoot(Path path) {
        this.path = path;
    }

    /// @throws IOException when there is no such folder
    static DownloadRoot open(Path folder) throws IOException {
        var real = folder.toRealPath();
        if (!Files.isDirectory(real)) throw new NoSuchFileException(folder.toString(), null, "it is not a folder");
        return new DownloadRoot(real);
    }

    /// The folder itself, without a link in it.
    Path path() {
        return path;
    }

    /// Everything directly in the folder. What cannot be read is in the list, with the reason.
    ///
    /// @throws IOException when the folder itself cannot be read
    List<DiskEntry> entries() throws IOException {
        var entries = new ArrayList<DiskEntry>();
        try (var listing = Files.newDirectoryStream(path)) {
            for (var entry : listing) entries.add(look(entry));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /// The entry of that name as it is now.
    ///
    /// @throws IllegalArgumentException when that is not the name of one entry
    DiskEntry entry(Path name) {
        var text = name.toString();
        if (name.isAbsolute() || name.getNameCount() != 1 || text.isEmpty() || text.equals(".") || text.equals(".."))
            throw new IllegalArgumentException("not a name: " + text);
        return look(path.resolve(name));
    }

    private DiskEntry look(Path entry) {
        var name = EntryName.of(entry);
        try {
            var facts = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (facts.isSymbolicLink()) return followed(entry, name);
            return seen(entry, entry, name, facts);
        } catch (IOException e) {
            return unreadable(entry, name, reason(e));
        }
    }

    private DiskEntry followed(Path link, EntryName name) {
        try {
            var target = link.toRealPath();
            if (target.equals(path) || !target.startsWith(path))
                return unreadable(
                        link, name, "it is a link that leaves the download folder: move the data itself here");
            return seen(link, target, name, Files.readAttributes(target, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return unreadable(link, name, "it is a link to something that does not exist");
        } catch (IOException e) {
            return unreadable(link, name, reason(e));
        }
    }

    private static DiskEntry seen(Path entry, Path target, EntryName name, BasicFileAttributes facts) {
        var kind = facts.isDirectory()
                ? Download.Kind.FOLDER
                : facts.isRegularFile() ? Download.Kind.FILE : Download.Kind.OTHER;
        var size = facts.isRegularFile() ? facts.size() : Download.Content.UNKNOWN;
        var told = new DiskEntry.Facts(size, facts.lastModifiedTime().toInstant());
        if (kind == Download.Kind.OTHER)
            return new DiskEntry(entry, target, name, kind, told, "it is neither a file nor a folder");
        if (!name.isText())
            return new DiskEntry(entry, target, name, kind, told, "its name is not UTF-8: rename it on the disk");
        var permitted = Files.isReadable(target) && (!facts.isDirectory() || Files.isExecutable(target));
        return new DiskEntry(entry, target, name, kind, told, permitted ? null : NOT_PERMITTED);
    }

    private static DiskEntry unreadable(Path entry, EntryName name, String why) {
        return new DiskEntry(entry, entry, name, Download.Kind.OTHER, DiskEntry.Facts.NONE, why);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) return NOT_PERMITTED;
        if (e instanceof FileSystemLoopException
                || String.valueOf(e.getMessage()).contains("symbolic links"))
            return "it is a link that leads to itself";
        if (e instanceof NoSuchFileException) return "it has just disappeared";
        return "it cannot be read: " + e.getMessage();
    }
}
