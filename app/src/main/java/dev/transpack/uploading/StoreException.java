package dev.transpack.uploading;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A destination did not do what it was asked. The kind alone decides whether trying again makes sense; the message is
/// one sentence that names bucket, key or endpoint, and what to do.
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String why;

    /// The kinds a caller tells apart.
    public enum Kind {
        /// The object, or the multipart upload, is not there.
        NOT_FOUND,
        /// Keys, rights or clock: only a person can mend it.
        DENIED,
        /// The destination asks for fewer requests.
        THROTTLED,
        /// The destination does not answer, or answers that it is broken; this may pass.
        UNAVAILABLE,
        /// The bytes that arrived are not the bytes that were sent.
        CORRUPT,
        /// What lies there is not what the request said must be there: look again.
        CONFLICT,
        /// The destination will never do this: no such bucket, another region, an operation it does not know.
        REFUSED
    }

    public StoreException(Kind kind, String message) {
        this(kind, message, message, null);
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        this(kind, message, message, cause);
    }

    private StoreException(Kind kind, String message, String why, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.why = why;
    }

    /// @param what could not be done
    /// @param why with the remedy
    static StoreException because(Kind kind, String what, String why, Throwable cause) {
        return new StoreException(kind, what + ": " + why, why, cause);
    }

    /// The message without what could not be done, for who knows that already.
    public String why() {
        return why;
    }

    /// What kind of failure this is.
    public Kind kind() {
        return kind;
    }

    /// Whether the same request may succeed later.
    public boolean mayPass() {
        return switch (kind) {
            case THROTTLED, UNAVAILABLE, CORRUPT, CONFLICT -> true;
            case NOT_FOUND, DENIED, REFUSED -> false;
        };
    }
}
