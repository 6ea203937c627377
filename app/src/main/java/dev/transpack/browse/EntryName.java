package dev.transpack.browse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// The bytes of a name as the disk has them. Linux allows any but `/` and zero, also such that are no text at all.
final class EntryName {
    private final byte[] bytes;

    private EntryName(byte[] bytes) {
        this.bytes = bytes;
    }

    static EntryName of(Path path) {
        var name = path.getFileName();
        var text = name.toString();
        // The usual case, without the detour: what was read as text becomes the same bytes again.
        if (name.equals(name.getFileSystem().getPath(text)))
            return new EntryName(text.getBytes(StandardCharsets.UTF_8));
        return new EntryName(lastSegment(path.toAbsolutePath().toUri().getRawPath()));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// Whether it is text.
    boolean isText() {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// The name for people; what is no text in it becomes U+FFFD.
    String printable() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// A path's URI is the one way to its bytes that Java has.
    private static byte[] lastSegment(String rawPath) {
        var end = rawPath.endsWith("/") ? rawPath.length() - 1 : rawPath.length();
        var segment = rawPath.substring(rawPath.lastIndexOf('/', end - 1) + 1, end);
        var bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            var c = segment.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            bytes.put((byte) Integer.parseInt(segment, i + 1, i + 3, 16));
            i += 2;
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
