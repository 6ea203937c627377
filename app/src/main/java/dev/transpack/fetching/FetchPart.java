package dev.transpack.fetching;

import java.util.List;

/// A part of a volume that is to be fetched, and what it holds.
///
/// @param number among all parts of the pack, from 0
/// @param volume by name
/// @param offset of its first byte within the volume
/// @param stretches in order
record FetchPart(int number, String volume, long offset, long size, String sha256, List<Stretch> stretches) {
    /// Bytes of one item that stand together in one part.
    ///
    /// @param item by its index in the plan
    /// @param offset of the first byte within the part
    /// @param from of the first byte within the stored content
    record Stretch(int item, long offset, long length, long from) {
        long end() {
            return offset + length;
        }
    }
}
