package dev.transpack.nodes;

/// Another process works under the name that this one was to have. The message is a sentence with the remedy.
public final class NodeNameTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeNameTaken(Node other) {
        super("A process works as '" + other.name() + "' on this machine already (process "
                + other.program().pid() + "): stop it, or set node.name to another name for this one.");
    }
}
