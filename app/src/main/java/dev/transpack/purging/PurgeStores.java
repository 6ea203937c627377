package dev.transpack.purging;

import dev.transpack.packing.Pack;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.StoreException;

/// The buckets of the destinations.
interface PurgeStores {
    /// @throws StoreException REFUSED when the settings do not name its destination any more, or mean another place
    ObjectStore store(Pack pack) throws StoreException;
}
