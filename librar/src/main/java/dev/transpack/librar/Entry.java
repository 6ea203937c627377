package dev.transpack.librar;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing to archive.
///
/// @param name the path inside the archive, separated by `/`, top folder included
/// @param kind what it is
/// @param source where its bytes are read; not part of the archive
/// @param size bytes; 0 unless it is a file
/// @param modified modification time, to the nanosecond
/// @param mode the whole unix `st_mode`: type and permission bits
/// @param linkTarget where a symlink points, as stored in the link; null unless it is one
public record Entry(
        String name,
        Kind kind,
        Path source,
        long size,
        Instant modified,
        int mode,
        @Nullable String linkTarget) {

    /// What an entry is. Anything else (sockets, devices) cannot be archived.
    public enum Kind {
        /// A regular file.
        FILE,
        /// A folder; its contents are entries of their own.
        DIRECTORY,
        /// A symbolic link, archived as a link and never followed.
        SYMLINK
    }

    /// Checks that size and link target fit the kind. Names are checked by [ArchivePlan], which refuses them by
    /// name.
    public Entry {
        if (size < 0 || (size > 0 && kind != Kind.FILE)) {
            throw new IllegalArgumentException("impossible size " + size + " of " + kind + " " + name);
        }
        if ((linkTarget != null) != (kind == Kind.SYMLINK)) {
            throw new IllegalArgumentException("a link target belongs to a symlink and only there: " + name);
        }
    }

    /// The link target of a symlink; an empty string for anything else.
    String target() {
        return linkTarget == null ? "" : linkTarget;
    }
}
