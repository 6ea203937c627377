package dev.transpack.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process that shares the database, as its row says.
///
/// @param id another at every start
/// @param serves whether it answers pages and the API
/// @param works whether it does background work
/// @param roots the download folders it knows of
public record Node(
        String id, String name, Program program, boolean serves, boolean works, Times times, List<Root> roots) {
    /// How long nothing is heard of a node before it counts as gone. Several heartbeats.
    static final Duration SILENT = Duration.ofSeconds(12);

    /// Which process it is.
    ///
    /// @param started when the operating system started it: a number is given to another process later
    /// @param daemon the Transmission that it asks; null when it does not say
    public record Program(
            String host,
            long pid,
            Instant started,
            String version,
            @Nullable String daemon) {}

    /// When it began, was heard of last, and ended.
    ///
    /// @param stopped null unless it ended as it should
    public record Times(
            Instant started, Instant seen, @Nullable Instant stopped) {}

    /// A download folder.
    ///
    /// @param seen whether the node found files there at its last look
    public record Root(String name, boolean seen) {}

    public Node {
        roots = List.copyOf(roots);
    }

    /// Whether a node is there.
    public enum State {
        /// Heard of lately.
        ALIVE,
        /// Not heard of for a while: it was killed, is frozen, or does not reach the database.
        GONE,
        /// Ended as it should.
        STOPPED
    }

    public State state(Instant now) {
        if (times.stopped() != null) return State.STOPPED;
        return times.seen().plus(SILENT).isAfter(now) ? State.ALIVE : State.GONE;
    }

    /// Whether it has been heard of lately.
    public boolean lives(Instant now) {
        return state(now) == State.ALIVE;
    }

    /// Whether it found files in this root at its last look.
    public boolean sees(String root) {
        return roots.contains(new Root(root, true));
    }

    /// Whether this root is one of its own, mounted or not.
    public boolean knows(String root) {
        return roots.stream().anyMatch(each -> each.name().equals(root));
    }

    /// When it was last there at all.
    public Instant last() {
        var stopped = times.stopped();
        return stopped == null ? times.seen() : stopped;
    }
}
