package dev.transpack.uploading;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// Digests in hexadecimal; every JDK has these algorithms.
final class Digests {
    private Digests() {}

    static String sha256(ByteBuffer bytes) {
        return hex(newSha256(), bytes);
    }

    /// What most destinations give a part as its ETag.
    static String md5(ByteBuffer bytes) {
        return hex(of("MD5"), bytes);
    }

    /// As `Content-MD5` has it (RFC 1864).
    static String md5Base64(ByteBuffer bytes) {
        var digest = of("MD5");
        digest.update(bytes.duplicate());
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    static MessageDigest newSha256() {
        return of("SHA-256");
    }

    private static String hex(MessageDigest digest, ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
