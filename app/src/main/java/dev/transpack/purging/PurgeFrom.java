package dev.transpack.purging;

/// What a purge takes away.
public enum PurgeFrom {
    /// Links and objects.
    BUCKET,
    /// The data that was packed.
    DISK,
    /// The torrent in Transmission; its data stays unless DISK is named too.
    TORRENT
}
