package dev.transpack.librar;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/// What one `lstat` says.
///
/// @param mode the whole `st_mode`
/// @param size bytes
/// @param modified to the nanosecond
record UnixFacts(int mode, long size, Instant modified) {
    private static final int TYPE = 0170000;
    private static final int FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMLINK = 0120000;

    /// Asks for a path's facts without following a link; one system call.
    static UnixFacts of(Path path) throws IOException {
        var all = Files.readAttributes(path, "unix:mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        var modified = (FileTime) requireNonNull(all.get("lastModifiedTime"));
        return new UnixFacts(
                (int) requireNonNull(all.get("mode")), (long) requireNonNull(all.get("size")), modified.toInstant());
    }

    boolean isFile() {
        return (mode & TYPE) == FILE;
    }

    boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    boolean isSymlink() {
        return (mode & TYPE) == SYMLINK;
    }
}
