package dev.transpack.uploading;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of a part and their SHA-256, computed once: it signs the request, so a destination that checks signatures
/// proves what arrived. The bytes can be read any number of times; they are not copied.
///
/// @param bytes from position to limit
/// @param sha256 64 hexadecimal digits
/// @param pace asked before bytes go out
/// @param md5 as `Content-MD5`; null: it is not sent
public record PartBody(
        ByteBuffer bytes,
        String sha256,
        Pace pace,
        @Nullable String md5) {

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

    /// A body that only its signature proves.
    public PartBody(ByteBuffer bytes, String sha256, Pace pace) {
        this(bytes, sha256, pace, null);
    }

    /// The same with its MD5 beside it, for a destination that checks that and no signature.
    PartBody withMd5() {
        return new PartBody(bytes, sha256, pace, Digests.md5Base64(bytes));
    }

    /// What is sent in the head of the request for it.
    Map<String, String> headers() {
        return md5 == null ? Map.of() : Map.of("Content-MD5", md5);
    }

    int length() {
        return bytes.remaining();
    }
}
