package dev.transpack.verifying;

import dev.transpack.packing.Pack;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.PackManifest;
import dev.transpack.uploading.ReadBack;
import dev.transpack.uploading.Retries;
import dev.transpack.uploading.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The object that sealed a pack, read back. Nobody trusts it before it is known to be that one.
final class SealedManifest {
    private final Pack.Manifest sealed;
    private final ObjectStore store;
    private final Retries retries;

    SealedManifest(Pack.Manifest sealed, ObjectStore store, Retries retries) {
        this.sealed = sealed;
        this.store = store;
        this.retries = retries;
    }

    /// @throws DamagedException if it is missing, another one, or cannot be read
    PackManifest read() throws IOException, InterruptedException {
        var json = bytes(new ObjectKey(sealed.key()));
        if (sealed.sha256() != null && !sealed.sha256().equals(sha256(json)))
            throw new DamagedException("The manifest in the bucket is not the one that sealed the pack.");
        try {
            return PackManifest.parse(json);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("The manifest in the bucket cannot be read: " + e.getMessage() + ".");
        }
    }

    private byte[] bytes(ObjectKey key) throws IOException, InterruptedException {
        var found = retries.call(() -> store.find(key));
        if (found.isEmpty()) throw missing();
        var version = found.get().version();
        if (version != null && sealed.version() != null && !version.equals(sealed.version()))
            throw new DamagedException("The manifest in the bucket was replaced.");
        if (found.get().size() > PackManifest.LARGEST)
            throw new DamagedException("The manifest in the bucket is larger than any manifest.");
        try {
            return new ReadBack(store, retries).whole(key, (int) found.get().size());
        } catch (StoreException e) {
            throw e.kind() == StoreException.Kind.NOT_FOUND ? missing() : e;
        }
    }

    private static DamagedException missing() {
        return new DamagedException("The manifest that seals the pack is not in the bucket.");
    }

    private static String sha256(byte[] bytes) {
        var sum = new ReadBack.Sum();
        sum.add(ByteBuffer.wrap(bytes));
        return sum.sha256();
    }
}
