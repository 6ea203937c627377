package dev.transpack.purging;

import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.StoreException;

/// The buckets of the destinations.
interface PurgeStores {
    /// @throws StoreException REFUSED when the settings do not name the destination any more
    ObjectStore store(String destination) throws StoreException;
}
