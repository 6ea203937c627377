package dev.transpack.uploading;

import dev.transpack.librar.Fragment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Fragments as bytes, all numbers big-endian. Each is segment, offset, length and CRC32 in 20 bytes; one that is
/// encrypted has the complement of its segment there, which is negative, and 24 bytes more for what is behind it.
final class Fragments {
    private static final int PLAIN = 20;
    private static final int ENCRYPTED = PLAIN + 24;

    private Fragments() {}

    static byte[] encode(List<Fragment> fragments) {
        var length = fragments.stream()
                .mapToInt(fragment -> fragment.encrypted() == null ? PLAIN : ENCRYPTED)
                .sum();
        var bytes = ByteBuffer.allocate(length);
        for (var fragment : fragments) put(bytes, fragment);
        return bytes.array();
    }

    static List<Fragment> decode(byte[] encoded) {
        var bytes = ByteBuffer.wrap(encoded);
        var fragments = new ArrayList<Fragment>(encoded.length / PLAIN);
        while (bytes.hasRemaining()) {
            var isEncrypted = bytes.remaining() >= PLAIN && bytes.getInt(bytes.position()) < 0;
            if (bytes.remaining() < (isEncrypted ? ENCRYPTED : PLAIN))
                throw new IllegalArgumentException("not fragments: " + encoded.length);
            fragments.add(isEncrypted ? encrypted(bytes) : plain(bytes));
        }
        return fragments;
    }

    private static void put(ByteBuffer bytes, Fragment fragment) {
        var encrypted = fragment.encrypted();
        bytes.putInt(encrypted == null ? fragment.segment() : ~fragment.segment())
                .putLong(fragment.offset())
                .putInt(fragment.length())
                .putInt(fragment.crc32());
        if (encrypted != null)
            bytes.putInt(encrypted.plainLength())
                    .putInt(encrypted.plainCrc32())
                    .putLong(encrypted.blockHigh())
                    .putLong(encrypted.blockLow());
    }

    private static Fragment plain(ByteBuffer bytes) {
        return new Fragment(bytes.getInt(), bytes.getLong(), bytes.getInt(), bytes.getInt());
    }

    private static Fragment encrypted(ByteBuffer bytes) {
        return new Fragment(
                ~bytes.getInt(),
                bytes.getLong(),
                bytes.getInt(),
                bytes.getInt(),
                new Fragment.Encrypted(bytes.getInt(), bytes.getInt(), bytes.getLong(), bytes.getLong()));
    }
}
