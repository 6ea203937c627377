package dev.transpack.purging;

import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgePlan.DoomedObject;
import dev.transpack.purging.PurgePlan.DoomedUpload;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.sharing.StoredVolumes.StoredVolume;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.ObjectStore.StoredObject;
import dev.transpack.uploading.StoreException;
import java.util.ArrayList;
import java.util.Optional;

/// The copy in the bucket: what our rows say of it, and whether it is there now as it was when it was proven.
final class CopyCheck {
    private static final String SEND_AGAIN = "Send the download again, and purge that pack.";

    private final Packs packs;
    private final StoredVolumes volumes;
    private final PurgeStores stores;

    CopyCheck(Packs packs, StoredVolumes volumes, PurgeStores stores) {
        this.packs = packs;
        this.volumes = volumes;
        this.stores = stores;
    }

    ObjectStore store(Pack pack) throws StoreException {
        return stores.store(pack);
    }

    /// Everything of the pack that is or may be in the bucket: the manifest first, without which no pack exists.
    PurgePlan.BucketStep bucket(Pack pack) throws StoreException, InterruptedException {
        var objects = new ArrayList<DoomedObject>();
        var manifest = packs.manifestKey(pack.id());
        if (manifest.isPresent()) objects.add(manifest(pack, new ObjectKey(manifest.get())));
        var uploads = new ArrayList<DoomedUpload>();
        for (var volume : volumes.of(pack.id())) {
            var key = volume.key().value();
            if (!volume.complete() && volume.uploadId() != null) uploads.add(new DoomedUpload(key, volume.uploadId()));
            // A volume that is not complete in our rows may be so in the bucket: the answer was lost.
            objects.add(new DoomedObject(key, volume.version(), volume.complete() ? volume.size() : 0));
        }
        return new PurgePlan.BucketStep(store(pack).address(), objects, uploads);
    }

    /// Finds whether this pack alone is enough to have everything back.
    void prove(Pack pack, Findings findings) throws InterruptedException {
        if (pack.state() != PackState.READY || pack.grade() != Pack.Grade.STRONG) {
            notProven(findings, weakness(pack), SEND_AGAIN);
            return;
        }
        try {
            seen(pack, findings);
        } catch (StoreException e) {
            notProven(findings, "The copy could not be looked at: " + e.getMessage(), "Try again when that is mended.");
        }
    }

    private void seen(Pack pack, Findings findings) throws StoreException, InterruptedException {
        var all = volumes.of(pack.id());
        var found =
                ObjectLooks.at(store(pack), all.stream().map(StoredVolume::key).toList());
        for (var i = 0; i < all.size(); i++) {
            var wrong = difference(all.get(i), found.get(i));
            if (wrong.isEmpty()) continue;
            notProven(findings, "'" + all.get(i).name() + "' in the bucket " + wrong.get(), SEND_AGAIN);
            return;
        }
        var manifest = packs.manifestKey(pack.id()).map(ObjectKey::new);
        if (all.isEmpty()
                || manifest.isEmpty()
                || store(pack).find(manifest.get()).isEmpty()) {
            notProven(findings, "The manifest that seals the pack is not in the bucket.", SEND_AGAIN);
            return;
        }
        findings.proves("The destination checked every byte when it arrived, and all " + (all.size() + 1)
                + " objects are in " + store(pack).address() + " now, unchanged.");
    }

    private DoomedObject manifest(Pack pack, ObjectKey key) throws StoreException, InterruptedException {
        var found = store(pack).find(key);
        return new DoomedObject(
                key.value(),
                found.map(StoredObject::version).orElse(null),
                found.map(StoredObject::size).orElse(0L));
    }

    private static String weakness(Pack pack) {
        return pack.state() != PackState.READY
                ? "The pack is not a sealed copy (its state is " + pack.state() + ")."
                : "Only a sample of the copy was verified.";
    }

    private static Optional<String> difference(StoredVolume volume, Optional<StoredObject> found) {
        if (found.isEmpty()) return Optional.of("is missing.");
        if (found.get().size() != volume.size())
            return Optional.of("has " + found.get().size() + " bytes instead of " + volume.size() + ".");
        return found.get().etag().equals(volume.etag()) ? Optional.empty() : Optional.of("was replaced.");
    }

    private static void notProven(Findings findings, String sentence, String remedy) {
        findings.refuse(Reason.COPY_NOT_PROVEN, sentence, remedy);
    }
}
