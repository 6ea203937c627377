package dev.transpack.web;

import dev.transpack.browse.FileTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of a download as a tree, with the sizes of its folders.
///
/// @param bytes of everything in it
/// @param files how many
/// @param more whether there are more than could be listed
public record ViewTree(List<Node> nodes, long bytes, int files, boolean more) {
    /// Up to so many nodes a page holds the whole tree; a larger one is fetched folder by folder.
    private static final int WHOLE = 400;

    /// One file or folder.
    ///
    /// @param children of a folder; null when they are fetched when it is opened
    public record Node(
            String path,
            String name,
            boolean folder,
            long bytes,
            @Nullable String problem,
            @Nullable List<Node> children) {}

    public ViewTree {
        nodes = List.copyOf(nodes);
    }

    /// What is directly in a folder; the empty path is the download itself.
    static ViewTree of(FileTree tree, String folder) {
        var prefix = folder.isEmpty() ? "" : folder + "/";
        var inside = tree.nodes().stream()
                .filter(node -> node.path().startsWith(prefix))
                .toList();
        var bytes = new HashMap<String, Long>();
        var byParent = new HashMap<String, List<FileTree.Node>>();
        for (var node : inside) {
            byParent.computeIfAbsent(parent(node.path()), _ -> new ArrayList<>())
                    .add(node);
            for (var up = parent(node.path()); !up.isEmpty(); up = parent(up)) bytes.merge(up, node.bytes(), Long::sum);
        }
        var whole = inside.size() <= WHOLE;
        var files = inside.stream()
                .filter(node -> node.kind() != FileTree.Kind.FOLDER)
                .count();
        var sum = inside.stream().mapToLong(FileTree.Node::bytes).sum();
        return new ViewTree(children(folder, byParent, bytes, whole), sum, (int) files, tree.more());
    }

    private static List<Node> children(
            String folder, Map<String, List<FileTree.Node>> byParent, Map<String, Long> bytes, boolean whole) {
        return byParent.getOrDefault(folder, List.of()).stream()
                .map(node -> {
                    var isFolder = node.kind() == FileTree.Kind.FOLDER;
                    return new Node(
                            node.path(),
                            node.path().substring(node.path().lastIndexOf('/') + 1),
                            isFolder,
                            isFolder ? bytes.getOrDefault(node.path(), 0L) : node.bytes(),
                            node.problem(),
                            isFolder && whole ? children(node.path(), byParent, bytes, true) : null);
                })
                .toList();
    }

    private static String parent(String path) {
        var slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
