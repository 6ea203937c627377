package dev.transpack.uploading;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests in hexadecimal; every JDK has these algorithms.
final class Digests {
    private Digests() {}

    static String sha256(ByteBuffer bytes) {
        return digest("SHA-256", bytes);
    }

    /// What most destinations give a part as its ETag.
    static String md5(ByteBuffer bytes) {
        return digest("MD5", bytes);
    }

    private static String digest(String algorithm, ByteBuffer bytes) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            digest.update(bytes.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
