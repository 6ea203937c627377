package dev.transpack.verifying;

import java.util.List;

/// How much of a pack has been read and was right, counted in order: a later run goes on behind it. May be asked on any
/// thread.
final class CheckProgress {
    private final long from;
    private volatile long done;
    private volatile long total;

    /// @param from what an earlier run has read
    /// @param total as long as nobody knows better
    CheckProgress(long from, long total) {
        this.from = from;
        this.done = from;
        this.total = total;
    }

    long done() {
        return done;
    }

    long total() {
        return total;
    }

    /// Says what there is to read.
    ///
    /// @return what is left of it
    synchronized List<CheckedPart> begin(List<CheckedPart> parts) {
        var read = 0L;
        var n = 0;
        while (n < parts.size() && read + parts.get(n).size() <= from)
            read += parts.get(n++).size();
        done = read;
        total = parts.stream().mapToLong(CheckedPart::size).sum();
        return parts.subList(n, parts.size());
    }

    /// The next part is right.
    synchronized void read(CheckedPart part) {
        done += part.size();
    }
}
