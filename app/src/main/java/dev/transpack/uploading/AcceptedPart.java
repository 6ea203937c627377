package dev.transpack.uploading;

import dev.transpack.librar.Fragment;
import dev.transpack.uploading.ObjectStore.StoredPart;
import java.util.List;

/// A part that the destination accepted, with all that is needed never to read its bytes again.
///
/// @param number within the volume, from 1
/// @param size bytes
/// @param etag what the destination called it
/// @param sha256 hexadecimal
/// @param fragments what of the plan it holds
public record AcceptedPart(
        int number, int size, String etag, String sha256, PartChecksums checksums, List<Fragment> fragments) {

    /// CRC32 and CRC32C of the whole part.
    public record PartChecksums(int crc32, int crc32c) {}

    /// Keeps its own copy.
    public AcceptedPart {
        fragments = List.copyOf(fragments);
    }

    StoredPart stored() {
        return new StoredPart(number, size, etag);
    }
}
