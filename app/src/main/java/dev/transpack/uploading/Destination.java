package dev.transpack.uploading;

/// Where a pack goes.
///
/// @param store the bucket
/// @param prefix what every key begins with
/// @param enforcesPayloadHash whether the store was seen to refuse a part with a wrong SHA-256, see [DestinationProbe]
public record Destination(ObjectStore store, String prefix, boolean enforcesPayloadHash) {}
