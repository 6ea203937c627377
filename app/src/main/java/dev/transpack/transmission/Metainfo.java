package dev.transpack.transmission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// Just enough bencoding (BEP 3) to find the `info` dictionary of a `.torrent` file, whose digest is the info hash.
final class Metainfo {
    private static final int DEEPEST = 64;
    private static final byte[] INFO = "4:info".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private Metainfo(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Whether these bytes are the torrent of that hash.
    static boolean belongsTo(InfoHash hash, byte[] bytes) {
        try {
            var info = new Metainfo(bytes).info();
            // Version 1 torrents are known by SHA-1, pure version 2 ones by SHA-256 (BEP 52).
            var algorithm = hash.value().length() == 40 ? "SHA-1" : "SHA-256";
            var digest = MessageDigest.getInstance(algorithm).digest(info);
            return HexFormat.of().formatHex(digest).equals(hash.value());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            return false; // not bencoded, so not a torrent
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1 and SHA-256", e);
        }
    }

    private byte[] info() {
        if (bytes[0] != 'd') throw new IllegalArgumentException("not a dictionary");
        for (int at = 1; bytes[at] != 'e'; ) {
            var value = end(at, 0);
            var end = end(value, 0);
            if (Arrays.equals(bytes, at, value, INFO, 0, INFO.length)) return Arrays.copyOfRange(bytes, value, end);
            at = end;
        }
        throw new IllegalArgumentException("no info");
    }

    /// Where the value that starts here ends.
    private int end(int start, int depth) {
        if (depth > DEEPEST) throw new IllegalArgumentException("too deep");
        return switch (bytes[start]) {
            case 'i' -> find('e', start) + 1;
            case 'l', 'd' -> {
                var at = start + 1;
                while (bytes[at] != 'e') at = end(at, depth + 1);
                yield at + 1;
            }
            default -> {
                var colon = find(':', start);
                var length = Integer.parseInt(new String(bytes, start, colon - start, StandardCharsets.US_ASCII));
                if (length < 0) throw new IllegalArgumentException("negative length");
                yield Objects.checkIndex(Math.addExact(colon + 1, length), bytes.length + 1);
            }
        };
    }

    private int find(char wanted, int from) {
        var at = from;
        while (bytes[at] != wanted) at++;
        return at;
    }
}
