package dev.transpack.uploading;

import dev.transpack.librar.Fragment;
import dev.transpack.librar.Part;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

/// A part of a volume that is to be sent.
///
/// @param number within the volume, from 1
/// @param bytes from position to limit
/// @param fragments what of the plan it holds; none, if no plan tells
record PartBytes(int number, ByteBuffer bytes, int crc32, List<Fragment> fragments) {

    static PartBytes of(Part part) {
        return new PartBytes(part.number(), part.bytes(), part.crc32(), part.fragments());
    }

    /// Bytes of which no plan tells what they hold.
    static PartBytes of(int number, ByteBuffer bytes) {
        var crc = new CRC32();
        crc.update(bytes.duplicate());
        return new PartBytes(number, bytes, (int) crc.getValue(), List.of());
    }

    int length() {
        return bytes.remaining();
    }
}
