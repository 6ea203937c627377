package dev.transpack.uploading;

import dev.transpack.packing.Pack.Grade;
import dev.transpack.uploading.ObjectStore.StoredObject;
import dev.transpack.uploading.UploadLedger.KnownVolume;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Writes the manifest, which seals a pack: the last object of all.
final class PackSeal {
    private final String pack;
    private final Destination destination;
    private final UploadLedger ledger;
    private final Retries retries;

    PackSeal(String packId, Destination destination, UploadLedger ledger, Retries retries) {
        this.pack = packId;
        this.destination = destination;
        this.ledger = ledger;
        this.retries = retries;
    }

    SealedPack seal(PackManifest manifest) throws IOException, InterruptedException {
        var key = ledger.volumes().getFirst().key().manifestBeside(pack);
        var json = ByteBuffer.wrap(manifest.toJson());
        var stored = retries.call(() -> written(key, json));
        return new SealedPack(key, stored.version(), Digests.sha256(json), weakest());
    }

    /// What an earlier try wrote whose answer was lost is not written again: where the bucket keeps versions, the first
    /// would stay for ever, in no row. Where the bucket honours conditions, one that came in between is looked
    /// at before anything is written over it: the CONFLICT leads here again.
    private StoredObject written(ObjectKey key, ByteBuffer json) throws StoreException, InterruptedException {
        var found = destination.store().find(key);
        if (found.isPresent() && isSame(found.get(), json)) return found.get();
        var conditions = destination.facts().conditionalPut();
        var condition = found.map(there -> conditions.replacing(there.etag())).orElseGet(conditions::creating);
        var body = PartBody.of(json, PartBody.Pace.UNLIMITED);
        return destination.store().put(key, body, "application/json", condition);
    }

    private static boolean isSame(StoredObject object, ByteBuffer json) {
        return object.size() == json.remaining() && object.etag().equalsIgnoreCase(Digests.md5(json));
    }

    private Grade weakest() {
        return ledger.volumes().stream()
                .map(KnownVolume::completed)
                .map(volume -> volume == null || volume.grade() == null ? Grade.SAMPLED : volume.grade())
                .min(Enum::compareTo)
                .orElse(Grade.SAMPLED);
    }
}
