package dev.transpack.librar;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A safe walk of one file or folder: what can be archived, and by name what cannot. Never follows a symlink.
///
/// @param entries files and links in name order, then folders, deepest first: so their times survive extraction
/// @param unreadable what is there and cannot be archived; a pack without it would be incomplete
public record EntryScan(List<Entry> entries, List<Unreadable> unreadable) {
    private static final Comparator<Entry> FOLDERS_DEEPEST_FIRST =
            Comparator.comparingLong(EntryScan::depth).reversed().thenComparing(Entry::name);

    /// Something that cannot be archived.
    ///
    /// @param name its name inside the archive, made printable
    /// @param reason why, as half a sentence
    public record Unreadable(String name, String reason) {}

    /// Keeps its own copies.
    public EntryScan {
        entries = List.copyOf(entries);
        unreadable = List.copyOf(unreadable);
    }

    /// Everything in a folder, or a single file, under its own name.
    ///
    /// @throws ArchiveException SOURCE_UNREADABLE if the thing itself is not there
    public static EntryScan of(Path fileOrFolder) throws ArchiveException {
        return of(fileOrFolder, name -> true);
    }

    /// What `included` accepts of a folder, asked with names as they are in the archive. A folder comes along
    /// if it is accepted or holds anything that is. A folder that cannot be listed is always reported.
    ///
    /// @throws ArchiveException SOURCE_UNREADABLE if the thing itself is not there; INTERRUPTED if this thread was
    public static EntryScan of(Path fileOrFolder, Predicate<String> included) throws ArchiveException {
        var root = fileOrFolder.toAbsolutePath().normalize();
        if (root.getFileName() == null) {
            throw ArchiveException.refused("'" + root + "' has no name: choose a folder below it");
        }
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new ArchiveException(ArchiveException.Kind.SOURCE_UNREADABLE, "'" + root + "' is not there");
        }
        var walk = new Walk(included);
        walk.visit(root, "");
        if (Walk.isInterrupted()) {
            throw new ArchiveException(ArchiveException.Kind.INTERRUPTED, "the walk of '" + root + "' was interrupted");
        }
        return walk.result();
    }

    private static long depth(Entry entry) {
        return entry.name().chars().filter(c -> c == '/').count();
    }

    /// The walk in progress.
    private static final class Walk {
        private final Predicate<String> included;
        private final List<Entry> leaves = new ArrayList<>();
        private final List<Entry> folders = new ArrayList<>();
        private final Set<String> needed = new HashSet<>();
        private final List<Unreadable> unreadable = new ArrayList<>();

        Walk(Predicate<String> included) {
            this.included = included;
        }

        void visit(Path path, String prefix) {
            var name = prefix + PathNames.printable(path);
            if (!PathNames.isUtf8(path)) {
                refuse(name, "its name is not valid UTF-8: rename it");
                return;
            }
            try {
                visit(path, name, UnixFacts.of(path));
            } catch (IOException e) {
                refuse(name, ArchiveException.reason(e));
            }
        }

        private void visit(Path path, String name, UnixFacts facts) throws IOException {
            if (facts.isFile()) {
                file(path, name, facts);
            } else if (facts.isDirectory()) {
                folder(path, name, facts);
            } else if (facts.isSymlink()) {
                link(path, name, facts);
            } else {
                refuse(name, "it is a socket, pipe or device");
            }
        }

        private void file(Path path, String name, UnixFacts facts) {
            if (!Files.isReadable(path)) {
                refuse(name, "permission denied");
            } else if (included.test(name)) {
                leaves.add(entry(path, name, Entry.Kind.FILE, facts));
            }
        }

        private void link(Path path, String name, UnixFacts facts) throws IOException {
            if (!included.test(name)) {
                return;
            }
            var target = Files.readSymbolicLink(path);
            if (!PathNames.isUtf8(target)) {
                refuse(name, "its link target is not valid UTF-8");
                return;
            }
            var kind = Entry.Kind.SYMLINK;
            leaves.add(new Entry(name, kind, path, 0, facts.modified(), facts.mode(), target.toString()));
        }

        private void folder(Path path, String name, UnixFacts facts) {
            folders.add(entry(path, name, Entry.Kind.DIRECTORY, facts));
            try (var children = Files.newDirectoryStream(path)) {
                for (var child : children) {
                    if (isInterrupted()) {
                        return;
                    }
                    visit(child, name + "/");
                }
            } catch (IOException e) {
                unreadable.add(new Unreadable(name, ArchiveException.reason(e)));
            } catch (DirectoryIteratorException e) {
                unreadable.add(new Unreadable(name, "listing it failed: " + e.getMessage()));
            }
        }

        /// Looks without taking the interrupt away: every folder on the way up is to see it.
        static boolean isInterrupted() {
            return Thread.currentThread().isInterrupted();
        }

        private void refuse(String name, String reason) {
            if (included.test(name)) {
                unreadable.add(new Unreadable(name, reason));
            }
        }

        EntryScan result() {
            leaves.forEach(leaf -> needParents(leaf.name()));
            folders.stream().map(Entry::name).filter(included).forEach(name -> {
                needed.add(name);
                needParents(name);
            });
            folders.removeIf(folder -> !needed.contains(folder.name()));
            leaves.sort(Comparator.comparing(Entry::name));
            folders.sort(FOLDERS_DEEPEST_FIRST);
            unreadable.sort(Comparator.comparing(Unreadable::name));
            leaves.addAll(folders);
            return new EntryScan(leaves, unreadable);
        }

        private void needParents(String name) {
            for (var slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
                if (!needed.add(name.substring(0, slash))) {
                    return;
                }
            }
        }

        private static Entry entry(Path path, String name, Entry.Kind kind, UnixFacts facts) {
            var size = kind == Entry.Kind.FILE ? facts.size() : 0;
            return new Entry(name, kind, path, size, facts.modified(), facts.mode(), null);
        }
    }
}
