package dev.transpack.uploading;

import dev.transpack.librar.PartStream;
import dev.transpack.packing.Pack.Grade;
import dev.transpack.uploading.UploadLedger.KnownVolume;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Writes the manifest, which seals a pack: the last object of all.
final class PackSeal {
    private final OutgoingPack pack;
    private final Destination destination;
    private final UploadLedger ledger;
    private final Retries retries;

    PackSeal(OutgoingPack pack, Destination destination, UploadLedger ledger, Retries retries) {
        this.pack = pack;
        this.destination = destination;
        this.ledger = ledger;
        this.retries = retries;
    }

    SealedPack seal(PartStream stream) throws IOException, InterruptedException {
        var manifest = PackManifest.of(pack, ledger, stream);
        var key = ledger.volumes().getFirst().key().manifestBeside(pack.id());
        var body = PartBody.of(ByteBuffer.wrap(manifest.toJson()), PartBody.Pace.UNLIMITED);
        retries.call(() -> destination.store().put(key, body, "application/json"));
        return new SealedPack(key, weakest());
    }

    private Grade weakest() {
        return ledger.volumes().stream()
                .map(KnownVolume::completed)
                .map(volume -> volume == null ? Grade.SAMPLED : volume.grade())
                .min(Enum::compareTo)
                .orElse(Grade.SAMPLED);
    }
}
