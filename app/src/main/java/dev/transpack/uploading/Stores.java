package dev.transpack.uploading;

/// Finds the bucket of a destination by its name.
@FunctionalInterface
public interface Stores {
    /// The bucket; it stays the finder's and is not to be closed.
    ///
    /// @throws StoreException REFUSED when the settings do not name this destination any more
    ObjectStore store(String destination) throws StoreException;
}
