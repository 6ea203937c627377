package dev.transpack.uploading;

import java.util.Map;

/// What a destination was seen to do, see [DestinationProbe]; an upload adapts to it.
///
/// @param payloadSha256 whether it refuses a part with a wrong SHA-256 in its signature
/// @param contentMd5 whether it refuses a part with a wrong `Content-MD5`
/// @param crc32c whether it refuses an object with a wrong `x-amz-checksum-crc32c`; for people, nothing relies on it
/// @param trailers whether it understands checksums behind a body; for people, none are ever sent
/// @param conditionalPut what it makes of `If-None-Match` and `If-Match`
/// @param clockAheadSeconds how far this machine's clock is ahead of the destination's; 0 when it did not say
public record DestinationFacts(
        boolean payloadSha256,
        boolean contentMd5,
        boolean crc32c,
        boolean trailers,
        ConditionalPut conditionalPut,
        long clockAheadSeconds) {
    private static final long SKEW_WORTH_SAYING = 60;

    /// Of a destination that nobody has looked at: nothing may be relied on.
    public static final DestinationFacts UNKNOWN =
            new DestinationFacts(false, false, false, false, ConditionalPut.IGNORED, 0);

    /// What becomes of a condition on a write.
    public enum ConditionalPut {
        /// An object is neither replaced when it must not be there, nor when it must be another.
        HONOURED,
        /// One that must not be there is not replaced; replacing exactly one is not to be relied on.
        CREATE_ONLY,
        /// It is written whatever is there.
        IGNORED,
        /// The request is refused.
        REFUSED;

        /// Headers of a write that is to make an object where none is; none where they are of no use.
        Map<String, String> creating() {
            return this == HONOURED || this == CREATE_ONLY ? Map.of("If-None-Match", "*") : Map.of();
        }

        /// Headers of a write that is to replace exactly this object.
        Map<String, String> replacing(String etag) {
            return this == HONOURED ? Map.of("If-Match", '"' + etag + '"') : Map.of();
        }
    }

    /// Whether every part that it accepts has arrived as it was sent.
    public boolean provesParts() {
        return payloadSha256 || contentMd5;
    }

    /// The same of the parts of one volume. Whether those of an earlier run carried their MD5 nobody knows: what was
    /// known of the destination then may have been less.
    boolean provesParts(boolean resumed) {
        return payloadSha256 || (contentMd5 && !resumed);
    }

    /// Whether parts are to carry their MD5 because nothing else proves them.
    boolean needsMd5() {
        return contentMd5 && !payloadSha256;
    }

    /// Whether the clocks differ so much that somebody should set one.
    public boolean clockIsOff() {
        return Math.abs(clockAheadSeconds) > SKEW_WORTH_SAYING;
    }
}
