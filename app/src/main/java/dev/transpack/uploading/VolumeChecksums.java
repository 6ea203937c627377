package dev.transpack.uploading;

import dev.transpack.librar.Checksums;
import java.util.List;

/// The checksums of a whole volume, from those of its parts.
record VolumeChecksums(int crc32, int crc32c) {

    static VolumeChecksums of(List<AcceptedPart> parts) {
        var crc32 = 0;
        var crc32c = 0;
        for (var part : parts) {
            crc32 = Checksums.crc32Combine(crc32, part.checksums().crc32(), part.size());
            crc32c = Checksums.crc32cCombine(crc32c, part.checksums().crc32c(), part.size());
        }
        return new VolumeChecksums(crc32, crc32c);
    }
}
