package dev.transpack.browse;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One entry of a download folder as one look at the disk shows it.
///
/// @param path where it is, links not followed; never leaves this package but through [Location]
/// @param leadsTo where it really is when it is a link that stays inside; else the same as `path`
/// @param problem why it can never be packed as it is; null when nothing is in the way
record DiskEntry(
        Path path,
        Path leadsTo,
        EntryName name,
        Download.Kind kind,
        Facts facts,
        @Nullable String problem) {

    /// The size counts for single files only.
    record Facts(long bytes, @Nullable Instant changedAt) {
        static final Facts NONE = new Facts(Download.Content.UNKNOWN, null);
    }

    String text() {
        return name.printable();
    }
}
