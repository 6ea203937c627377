package dev.transpack.uploading;

import dev.transpack.packing.Pack;

/// Finds the bucket that a pack lies in.
@FunctionalInterface
public interface Stores {
    /// The bucket; it stays the finder's and is not to be closed.
    ///
    /// @throws StoreException REFUSED when the settings do not name its destination any more, or mean another place
    ObjectStore store(Pack pack) throws StoreException;
}
