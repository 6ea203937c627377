package dev.transpack.uploading;

/// Where a pack goes.
///
/// @param store the bucket
/// @param prefix what every key begins with
/// @param facts what the bucket was seen to do
public record Destination(ObjectStore store, String prefix, DestinationFacts facts) {}
