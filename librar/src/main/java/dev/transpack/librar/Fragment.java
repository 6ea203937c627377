package dev.transpack.librar;

/// What one part holds of one segment, with its checksum. Kept in a ledger, fragments let a resumed pack know
/// the checksum of bytes it does not read again.
///
/// @param segment index in the plan
/// @param offset of the first byte within the segment
/// @param length bytes
/// @param crc32 of exactly these bytes
public record Fragment(int segment, long offset, int length, int crc32) {}
