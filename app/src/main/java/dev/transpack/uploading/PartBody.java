package dev.transpack.uploading;

import java.nio.ByteBuffer;

/// The bytes of a part and their SHA-256, computed once: it signs the request, so a destination that checks signatures
/// proves what arrived. The bytes can be read any number of times; they are not copied.
///
/// @param bytes from position to limit
/// @param sha256 64 hexadecimal digits
/// @param pace asked before bytes go out
public record PartBody(ByteBuffer bytes, String sha256, Pace pace) {

    /// Lets bytes go out when their time has come.
    @FunctionalInterface
    public interface Pace {
        /// Returns when so many bytes may be sent.
        void await(int bytes) throws InterruptedException;

        /// How many bytes to ask for at once at most, so that none waits long enough for the connection to be closed.
        default int stretch() {
            return 128 << 10;
        }

        /// As fast as it goes.
        Pace UNLIMITED = bytes -> {};
    }

    /// A body whose digest is computed here.
    public static PartBody of(ByteBuffer bytes, Pace pace) {
        return new PartBody(bytes, Digests.sha256(bytes), pace);
    }

    int length() {
        return bytes.remaining();
    }
}
