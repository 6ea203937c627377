package dev.transpack.uploading;

/// A pack that arrived.
///
/// @param manifest the object that seals it
/// @param grade the weakest of its volumes'
public record SealedPack(ObjectKey manifest, Grade grade) {}
