package dev.transpack.librar;

/// Something about an entry that the person who extracts the pack may stumble over.
///
/// @param name the entry's name
/// @param problem what may happen, as half a sentence
public record NameWarning(String name, String problem) {}
