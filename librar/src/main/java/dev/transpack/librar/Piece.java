package dev.transpack.librar;

/// Where a stretch of a file lies in a pack.
///
/// @param volume index of the volume
/// @param offsetInVolume of the first byte
/// @param length bytes; at least 1
/// @param offsetInFile of the first byte
public record Piece(int volume, long offsetInVolume, long length, long offsetInFile) {}
