package dev.transpack.transmission;

import java.io.IOException;

/// Transmission could not be asked, or said no. The message is one sentence for a person, with the remedy; the kind
/// is for code.
public final class TransmissionException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Kind {
        /// Nothing listens there, or the connection broke.
        UNREACHABLE,
        /// It listens but does not answer, or what was asked for did not happen in time.
        TIMEOUT,
        /// Something else answers at that address.
        NOT_TRANSMISSION,
        /// User name or password are wrong or missing.
        WRONG_PASSWORD,
        /// The daemon's white lists do not admit us.
        REFUSED,
        /// The daemon understood and could not do it.
        FAILED,
        /// No torrent has that info hash.
        NO_SUCH_TORRENT,
        /// The calling thread was interrupted.
        INTERRUPTED
    }

    private final Kind kind;

    TransmissionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    TransmissionException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What went wrong.
    public Kind kind() {
        return kind;
    }
}
