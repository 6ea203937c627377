package dev.transpack.nodes;

import java.time.Duration;
import java.time.Instant;

/// Two processes that work under one name. After `kill -9` the row of the dead one still looks alive for a moment, so
/// the operating system is asked where it can answer: on the same machine.
final class Namesakes {
    /// The time of a boot, which the start of a process is told from, is read to the second.
    private static final Duration ROUNDED = Duration.ofSeconds(2);

    private Namesakes() {}

    /// Whether both do background work under one name, and nothing is known that says the other has ended.
    static boolean collide(Node one, Node other, Instant now) {
        return !one.id().equals(other.id())
                && one.name().equals(other.name())
                && one.works()
                && other.works()
                && other.lives(now);
    }

    /// Whether the process of a node on this machine runs, and is not this one.
    static boolean runsBeside(Node node) {
        return !isThisProcess(node) && runs(node);
    }

    /// Whether the process of a node on this machine runs. Its number may be another's by now, or this one's own in a
    /// container that was started again.
    static boolean runs(Node node) {
        if (node.program().pid() == ProcessHandle.current().pid()) return isThisProcess(node);
        return ProcessHandle.of(node.program().pid())
                .filter(ProcessHandle::isAlive)
                .map(Namesakes::started)
                .filter(started -> Duration.between(started, node.program().started())
                                .abs()
                                .compareTo(ROUNDED)
                        <= 0)
                .isPresent();
    }

    static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static boolean isThisProcess(Node node) {
        var self = ProcessHandle.current();
        return node.program().pid() == self.pid()
                && node.program().started().toEpochMilli() == started(self).toEpochMilli();
    }
}
