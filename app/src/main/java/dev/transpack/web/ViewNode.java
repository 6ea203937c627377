package dev.transpack.web;

import dev.transpack.nodes.Node;
import java.util.List;
import java.util.Objects;

/// A node as the list shows it.
///
/// @param does what it is there for, a key under `node.does`: `BOTH`, `PAGE`, `WORK`
/// @param tasks the names of the packs it works on
public record ViewNode(Node node, Node.State state, String does, List<String> tasks) {
    static ViewNode of(NodeList.Working working) {
        var node = working.node();
        var does = node.serves() && node.works() ? "BOTH" : node.works() ? "WORK" : "PAGE";
        var tasks = working.tasks().stream()
                .map(task -> Objects.requireNonNullElse(task.pack(), task.job().kind()))
                .toList();
        return new ViewNode(node, working.state(), does, tasks);
    }

    public ViewNode {
        tasks = List.copyOf(tasks);
    }

    /// The tone of its badge.
    public String tone() {
        return switch (state) {
            case ALIVE -> "ok";
            case GONE -> "bad";
            case STOPPED -> "";
        };
    }
}
