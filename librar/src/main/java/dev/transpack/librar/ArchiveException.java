package dev.transpack.librar;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What went wrong while planning, reading or writing an archive. The kind alone decides what a caller does
/// next; the message names the thing and, where there is one, the remedy.
public final class ArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Decides what a caller does next.
    private final Kind kind;

    /// The kinds a caller tells apart.
    public enum Kind {
        /// The request cannot be written as an archive: a bad name, too many volumes, a volume too small.
        REFUSED,
        /// A source is no longer what the plan says: size, time, inode or content differ.
        SOURCE_CHANGED,
        /// A source is missing or cannot be read.
        SOURCE_UNREADABLE,
        /// The folder that volumes are written to failed or is full.
        DESTINATION_FAILED,
        /// The `rar` program could not be started, or ended with an error.
        TOOL_FAILED,
        /// The stream was closed while somebody waited for its next part.
        CLOSED,
        /// The thread was interrupted, and still is.
        INTERRUPTED
    }

    /// An exception of a kind, with a message for people.
    public ArchiveException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// An exception of a kind, with a message for people and the accident behind it.
    public ArchiveException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What kind of failure this is.
    public Kind kind() {
        return kind;
    }

    static ArchiveException refused(String message) {
        return new ArchiveException(Kind.REFUSED, message);
    }

    static ArchiveException changed(String name, String what) {
        return new ArchiveException(Kind.SOURCE_CHANGED, "'" + name + "' is no longer what was packed: " + what);
    }

    static ArchiveException unreadable(String name, IOException cause) {
        var message = "'" + name + "' cannot be read: " + reason(cause);
        return new ArchiveException(Kind.SOURCE_UNREADABLE, message, cause);
    }

    /// The part of an I/O failure that people need; the JDK gives only the path for the two most common ones.
    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException gone -> "it is not there";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException f when f.getReason() != null -> String.valueOf(f.getReason());
            default -> String.valueOf(failure.getMessage());
        };
    }
}
