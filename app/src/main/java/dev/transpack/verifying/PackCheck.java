package dev.transpack.verifying;

import java.io.IOException;

/// Compares one pack with its manifest. Changes nothing; may be run again, and then goes on behind what was read.
interface PackCheck {
    /// Returns when everything is as it was sealed.
    ///
    /// @throws DamagedException naming the first thing that is not
    /// @throws dev.transpack.uploading.StoreException if the destination failed, which says nothing about the pack
    void run() throws IOException, InterruptedException;
}
