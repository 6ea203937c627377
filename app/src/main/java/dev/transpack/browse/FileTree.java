package dev.transpack.browse;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of one download in the order of their paths, folders before what is in them.
///
/// @param more whether there are more than are listed here
public record FileTree(List<Node> nodes, boolean more) {
    static final int MOST = 50_000;

    /// One file, folder or link.
    ///
    /// @param path inside the download, with `/` in between, made printable; a single file is its own path
    /// @param bytes of a file; zero for everything else
    /// @param problem why it cannot be packed, as half a sentence; null when it can
    public record Node(
            String path, Kind kind, long bytes, @Nullable String problem) {}

    /// What a node is.
    public enum Kind {
        FOLDER,
        FILE,
        LINK,
        OTHER
    }

    public FileTree {
        nodes = List.copyOf(nodes);
    }

    static FileTree of(DiskEntry download, int most) {
        var walk = new Walk(most);
        if (download.kind() == Download.Kind.FOLDER) walk.children(download.leadsTo(), "");
        else walk.visit(download.leadsTo(), download.text());
        return new FileTree(walk.nodes, walk.more);
    }

    private static final class Walk {
        private final List<Node> nodes = new ArrayList<>();
        private final int most;
        private boolean more;

        private Walk(int most) {
            this.most = most;
        }

        private void children(Path folder, String start) {
            var names = new ArrayList<Path>();
            try (var listing = Files.newDirectoryStream(folder)) {
                for (var child : listing) {
                    if (nodes.size() + names.size() > most) break;
                    names.add(child);
                }
            } catch (IOException | DirectoryIteratorException e) {
                markUnreadable(start);
                return;
            }
            names.sort(Comparator.comparing(child -> EntryName.of(child).printable()));
            for (var child : names)
                if (!more) visit(child, start + EntryName.of(child).printable());
        }

        private void visit(Path path, String name) {
            if (nodes.size() >= most) {
                more = true;
                return;
            }
            try {
                var facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                nodes.add(node(path, name, facts));
                if (facts.isDirectory()) children(path, name + "/");
            } catch (IOException e) {
                nodes.add(new Node(name, Kind.OTHER, 0, "it cannot be read"));
            }
        }

        private static Node node(Path path, String name, BasicFileAttributes facts) {
            if (facts.isSymbolicLink()) return new Node(name, Kind.LINK, 0, problem(path, true));
            if (facts.isDirectory()) return new Node(name, Kind.FOLDER, 0, problem(path, true));
            if (facts.isRegularFile())
                return new Node(name, Kind.FILE, facts.size(), problem(path, Files.isReadable(path)));
            return new Node(name, Kind.OTHER, 0, "it is neither a file nor a folder");
        }

        private static @Nullable String problem(Path path, boolean readable) {
            if (!EntryName.of(path).isText()) return "its name is not UTF-8";
            return readable ? null : "this program may not read it";
        }

        /// The folder that turned out to be unreadable is the one that was listed last.
        private void markUnreadable(String start) {
            var reason = "this program may not read it";
            if (start.isEmpty() || nodes.isEmpty()) nodes.add(new Node(".", Kind.FOLDER, 0, reason));
            else nodes.set(nodes.size() - 1, new Node(nodes.getLast().path, Kind.FOLDER, 0, reason));
        }
    }
}
