package dev.transpack.librar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing byte array with the number forms of RAR5 and ZIP: little-endian, and vints (format section 2).
final class ByteWriter {
    private byte[] bytes = new byte[128];
    private int length;

    /// How many bytes a vint takes: 7 bits each, at least one.
    static int vintLength(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    /// How many bytes a text without unpaired surrogates takes in UTF-8.
    static int utf8Length(String text) {
        var length = text.length();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            // a surrogate pair is two chars and four bytes: one more for each char
            length += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return length;
    }

    ByteWriter vint(long value) {
        return vint(value, vintLength(value));
    }

    /// A vint padded with continuation bytes to a fixed width.
    ByteWriter vint(long value, int width) {
        var rest = value;
        for (var i = 1; i < width; i++) {
            put((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return put((int) rest);
    }

    ByteWriter u8(int value) {
        return put(value);
    }

    ByteWriter u16(int value) {
        return put(value).put(value >> 8);
    }

    ByteWriter u32(long value) {
        return put((int) value).put((int) (value >> 8)).put((int) (value >> 16)).put((int) (value >> 24));
    }

    ByteWriter u64(long value) {
        return u32(value).u32(value >> 32);
    }

    ByteWriter utf8(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteWriter bytes(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private ByteWriter put(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
