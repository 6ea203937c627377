package dev.transpack.uploading;

import dev.transpack.librar.Fragment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Fragments as bytes, 20 each: segment, offset, length, CRC32, all big-endian.
final class Fragments {
    private static final int LENGTH = 20;

    private Fragments() {}

    static byte[] encode(List<Fragment> fragments) {
        var bytes = ByteBuffer.allocate(fragments.size() * LENGTH);
        for (var fragment : fragments)
            bytes.putInt(fragment.segment())
                    .putLong(fragment.offset())
                    .putInt(fragment.length())
                    .putInt(fragment.crc32());
        return bytes.array();
    }

    static List<Fragment> decode(byte[] encoded) {
        if (encoded.length % LENGTH != 0) throw new IllegalArgumentException("not fragments: " + encoded.length);
        var bytes = ByteBuffer.wrap(encoded);
        var fragments = new ArrayList<Fragment>(encoded.length / LENGTH);
        while (bytes.hasRemaining())
            fragments.add(new Fragment(bytes.getInt(), bytes.getLong(), bytes.getInt(), bytes.getInt()));
        return fragments;
    }
}
