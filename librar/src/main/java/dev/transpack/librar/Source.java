package dev.transpack.librar;

import org.jspecify.annotations.Nullable;

/// A file that is read, and what it looked like at first. Readers that share this never take two files for one. Safe
/// for
/// many threads.
final class Source {
    private final Entry entry;
    private @Nullable SourceState first;

    Source(Entry entry) {
        this.entry = entry;
    }

    Entry entry() {
        return entry;
    }

    /// Fails unless the file is what its entry says. To be called before it is opened.
    ///
    /// @throws ArchiveException SOURCE_CHANGED or SOURCE_UNREADABLE
    synchronized void look() throws ArchiveException {
        if (first == null) {
            first = SourceState.of(entry).mustMatch(entry);
        }
    }

    /// Fails unless the file still is what its entry says, and the same as at first. To be called after it was read.
    ///
    /// @throws ArchiveException SOURCE_CHANGED or SOURCE_UNREADABLE
    void lookAgain() throws ArchiveException {
        var now = SourceState.of(entry).mustMatch(entry);
        synchronized (this) {
            if (first != null) {
                now.mustBeTheSameFileAs(first, entry);
            }
        }
    }
}
