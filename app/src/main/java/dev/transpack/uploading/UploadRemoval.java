package dev.transpack.uploading;

import dev.transpack.uploading.ObjectStore.ObjectVersion;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.StoreException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/// Takes back what an upload left: aborts its multipart uploads, deletes its objects, and looks whether anything is
/// still there. Only keys in the ledger are touched, and only while the ledger is held. To be called after the decision
/// was committed and the upload has ended; may be called again.
public final class UploadRemoval {
    private static final int ATTEMPTS = 5;

    private final ObjectStore store;
    private final Retries retries;

    public UploadRemoval(ObjectStore store) {
        this(store, Retries.STANDARD);
    }

    UploadRemoval(ObjectStore store, Retries retries) {
        this.store = store;
        this.retries = retries;
    }

    /// Removes everything the ledger knows of, and the manifest beside it.
    ///
    /// @throws StoreException if something could not be removed, naming it
    public void remove(String packId, UploadLedger ledger) throws IOException, InterruptedException {
        var volumes = ledger.volumes();
        if (volumes.isEmpty()) return;
        var objects = new ArrayList<ObjectVersion>();
        objects.add(manifest(volumes.getFirst().key().manifestBeside(packId)));
        for (var volume : volumes) {
            ledger.requireHeld();
            if (volume.uploadId() != null) abort(new OpenUpload(volume.key(), volume.uploadId()));
            abortOpen(volume.key(), ledger);
            var version = volume.completed() == null ? null : volume.completed().version();
            objects.add(new ObjectVersion(volume.key(), version));
        }
        ledger.requireHeld();
        var failed = retries.call(() -> store.delete(objects));
        if (!failed.isEmpty())
            throw left(failed.getFirst().object().key(), failed.getFirst().reason());
        for (var object : objects) checkGone(object);
    }

    /// It may have been written in the moment before, and its version stands in no row yet.
    private ObjectVersion manifest(ObjectKey key) throws StoreException, InterruptedException {
        var found = retries.call(() -> store.find(key));
        return new ObjectVersion(
                key, found.map(ObjectStore.StoredObject::version).orElse(null));
    }

    /// Also an upload whose id nobody noted. An aborted one may still be listed for a while, and parts on their way may
    /// bring it back: until none is.
    private void abortOpen(ObjectKey key, UploadLedger ledger) throws IOException, InterruptedException {
        var open = new LinkedHashSet<OpenUpload>();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            open.clear();
            open.addAll(retries.call(() -> store.openUploads(key)));
            if (open.isEmpty()) return;
            ledger.requireHeld();
            for (var upload : open) abort(upload);
            Thread.sleep(retries.pause(attempt + 1));
        }
        throw left(key, "its multipart upload " + open.getFirst().id() + " is still listed after it was aborted");
    }

    private void abort(OpenUpload upload) throws StoreException, InterruptedException {
        retries.call(() -> {
            store.abort(upload);
            return upload;
        });
    }

    private void checkGone(ObjectVersion object) throws StoreException, InterruptedException {
        if (retries.call(() -> store.find(object.key())).isPresent())
            throw left(object.key(), "it is still there after it was deleted");
    }

    private StoreException left(ObjectKey key, String why) {
        return new StoreException(Kind.REFUSED, store.address() + "/" + key + " could not be removed: " + why + ".");
    }
}
