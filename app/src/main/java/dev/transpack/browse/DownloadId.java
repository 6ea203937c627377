package dev.transpack.browse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names one download for ever, as long as neither its name nor its folder changes. Made of a digest: it says nothing
/// about where anything lies, and nobody can make one up.
public record DownloadId(String value) {
    private static final int LENGTH = 32;

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{" + LENGTH + "}");

    public DownloadId {
        if (!SHAPE.matcher(value).matches()) throw new IllegalArgumentException("not a download id: " + value);
    }

    /// @param root what its folder is called
    static DownloadId of(String root, byte[] name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(root.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return new DownloadId(HexFormat.of().formatHex(digest.digest(name)).substring(0, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static DownloadId of(String root, String name) {
        return of(root, name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return value;
    }
}
