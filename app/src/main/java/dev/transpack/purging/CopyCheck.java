package dev.transpack.purging;

import dev.transpack.database.Database;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgePlan.DoomedObject;
import dev.transpack.purging.PurgePlan.DoomedUpload;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.sharing.StoredVolumes.StoredVolume;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectLooks;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.ObjectStore.StoredObject;
import dev.transpack.uploading.Retries;
import dev.transpack.uploading.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The copy in the bucket: what our rows say of it, and whether it is there now as it was when it was proven.
final class CopyCheck {
    private static final String SEND_AGAIN = "Send the download again, and purge that pack.";

    private final Database database;
    private final Packs packs;
    private final StoredVolumes volumes;
    private final PurgeStores stores;

    CopyCheck(PurgePack.Rows rows, PurgeStores stores) {
        this.database = rows.database();
        this.packs = rows.packs();
        this.volumes = rows.volumes();
        this.stores = stores;
    }

    ObjectStore store(Pack pack) throws StoreException {
        return stores.store(pack);
    }

    /// Everything of the pack that is or may be in the bucket: the manifest first, without which no pack exists.
    ///
    /// @throws StoreException REFUSED when nothing says that it is this bucket
    PurgePlan.BucketStep bucket(Pack pack, Thoroughness looks) throws StoreException, InterruptedException {
        var objects = new ArrayList<DoomedObject>();
        var manifest = packs.manifestKey(pack.id()).map(ObjectKey::new);
        var sealed = manifest.isPresent() ? store(pack).find(manifest.get()) : Optional.<StoredObject>empty();
        if (sealed.isEmpty()) checkPlace(pack);
        if (manifest.isPresent()) objects.add(manifest(pack, manifest.get(), sealed));
        var uploads = new ArrayList<DoomedUpload>();
        var unfinished = new ArrayList<StoredVolume>();
        for (var volume : volumes.of(pack.id())) {
            if (volume.complete()) objects.add(new DoomedObject(volume.key().value(), volume.version(), volume.size()));
            else unfinished.add(volume);
        }
        for (var volume : unfinished)
            if (volume.uploadId() != null)
                uploads.add(new DoomedUpload(volume.key().value(), volume.uploadId()));
        objects.addAll(unnoted(pack, unfinished, looks));
        return new PurgePlan.BucketStep(store(pack).address(), objects, uploads);
    }

    /// Volumes that are not complete in our rows may be so in the bucket, when the answer was lost: then their version
    /// is found there, without which it would stay and cost. Those that are not looked at now are before they go.
    private List<DoomedObject> unnoted(Pack pack, List<StoredVolume> unfinished, Thoroughness looks)
            throws StoreException, InterruptedException {
        var found = look(pack, unfinished, looks);
        var objects = new ArrayList<DoomedObject>();
        for (var i = 0; i < unfinished.size(); i++) {
            var volume = unfinished.get(i);
            var seen = i < found.size() ? found.get(i) : Optional.<StoredObject>empty();
            var version = seen.map(StoredObject::version).orElse(volume.version());
            objects.add(new DoomedObject(volume.key().value(), version, 0));
        }
        return objects;
    }

    /// The first of these, as many as are to be looked at.
    private List<Optional<StoredObject>> look(Pack pack, List<StoredVolume> some, Thoroughness looks)
            throws StoreException, InterruptedException {
        return ObjectLooks.at(
                store(pack),
                some.stream().limit(looks.objects()).map(StoredVolume::key).toList(),
                Retries.NONE);
    }

    /// In another bucket nothing would be found either, and seem to be gone. A purge that has begun has looked before.
    private void checkPlace(Pack pack) throws StoreException {
        if (pack.state() == PackState.PURGED || isPlaceNoted(pack)) return;
        if (volumes.of(pack.id()).isEmpty()) return;
        throw new StoreException(
                StoreException.Kind.REFUSED,
                "Where '" + pack.name() + "' lies was not noted when it was sent, and its manifest is not in "
                        + store(pack).address() + ": set the endpoint and the bucket of the destination '"
                        + pack.destination() + "' to those it was sent to, then purge.");
    }

    private boolean isPlaceNoted(Pack pack) {
        return database.reads()
                        .sql("select count(*) from pack_places where pack_id = ?")
                        .param(pack.id())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /// Finds whether this pack alone is enough to have everything back.
    void prove(Pack pack, Thoroughness looks, Findings findings) throws InterruptedException {
        if (pack.state() != PackState.READY) {
            findings.refuse(Reason.COPY_NOT_PROVEN, notSealed(pack), SEND_AGAIN);
            return;
        }
        var verified = pack.verified();
        if (verified != null && verified.damage() != null) {
            notWhole(
                    findings,
                    "The verification of " + Day.of(verified.at()) + " found the copy damaged: " + verified.damage());
            return;
        }
        if (pack.grade() != Pack.Grade.STRONG)
            findings.refuse(
                    Reason.COPY_NOT_PROVEN,
                    "Only a sample of the copy was verified.",
                    "Verify the pack, which reads everything back, or fetch it and mark it as home.");
        try {
            seen(pack, looks, findings);
        } catch (StoreException e) {
            findings.refuse(
                    Reason.COPY_UNKNOWN,
                    "The copy could not be looked at: " + e.getMessage(),
                    "Try again when that is mended.");
        }
    }

    private void seen(Pack pack, Thoroughness looks, Findings findings) throws StoreException, InterruptedException {
        var all = volumes.of(pack.id());
        var found = look(pack, all, looks);
        for (var i = 0; i < found.size(); i++) {
            var wrong = all.get(i).difference(found.get(i));
            if (wrong.isEmpty()) continue;
            notWhole(findings, "'" + all.get(i).name() + "' in the bucket " + wrong.get() + ".");
            return;
        }
        var manifest = packs.manifestKey(pack.id()).map(ObjectKey::new);
        if (all.isEmpty()
                || manifest.isEmpty()
                || store(pack).find(manifest.get()).isEmpty()) {
            notWhole(findings, "The manifest that seals the pack is not in the bucket.");
            return;
        }
        if (pack.grade() == Pack.Grade.STRONG)
            findings.proves(proven(pack)
                    + there(found.size() + 1, all.size() + 1, store(pack).address()));
    }

    private DoomedObject manifest(Pack pack, ObjectKey key, Optional<StoredObject> found) {
        return new DoomedObject(
                key.value(),
                packs.manifest(pack.id())
                        .map(Pack.Manifest::version)
                        .or(() -> found.map(StoredObject::version))
                        .orElse(null),
                found.map(StoredObject::size).orElse(0L));
    }

    /// A quick look after it was read back, or after it arrived, does not say which it was.
    private static String proven(Pack pack) {
        var verified = pack.verified();
        if (verified == null) return "The destination checked every byte when it arrived, and ";
        return switch (verified.how()) {
            case FULL -> "Every byte was read back on " + Day.of(verified.at()) + " and is what was sent, and ";
            case QUICK -> "Every byte of the copy was checked once, and ";
        };
    }

    private static String there(int looked, int all, String address) {
        if (looked == all) return "all " + all + " objects are in " + address + " now, unchanged.";
        return looked + " of its " + all + " objects were found in " + address
                + " now, unchanged; the others are looked at before anything goes.";
    }

    private static String notSealed(Pack pack) {
        var purged = pack.times().bucketPurged();
        return purged == null
                ? "The pack is not a sealed copy (its state is " + pack.state() + ")."
                : "The bucket was purged on " + Day.of(purged) + ", so nothing proves that the data is anywhere else.";
    }

    private static void notWhole(Findings findings, String sentence) {
        findings.refuse(Reason.COPY_NOT_WHOLE, sentence, SEND_AGAIN);
    }
}
