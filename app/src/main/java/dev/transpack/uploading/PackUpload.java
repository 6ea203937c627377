package dev.transpack.uploading;

import dev.transpack.librar.Part;
import dev.transpack.librar.PartStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Streams a pack to its destination and seals it: read once, in bounded memory, nothing staged, every volume verified,
/// the manifest last. Run again with the same ledger after a crash, an error or a stop, it goes on with the next part.
/// With recovery data every volume is read once more, when it has arrived.
///
/// Memory: the parts that wait for a checksum, those in flight, and the one being read; the recovery data of one
/// volume, or of two small ones. Aborts nothing, ever: that is for [UploadRemoval], after the decision was committed.
public final class PackUpload {
    private static final int BEING_READ = 1;

    private final OutgoingPack pack;
    private final Destination destination;
    private final UploadLedger ledger;
    private final int partsInFlight;
    private final int readers;
    private final Retries retries;
    private final VolumeSending sending;

    public PackUpload(
            OutgoingPack pack,
            Destination destination,
            UploadLedger ledger,
            UploadSettings settings,
            RateLimit rateLimit) {
        this(pack, destination, ledger, settings, rateLimit, Retries.STANDARD);
    }

    PackUpload(
            OutgoingPack pack,
            Destination destination,
            UploadLedger ledger,
            UploadSettings settings,
            PartBody.Pace pace,
            Retries retries) {
        this.pack = pack;
        this.destination = destination;
        this.ledger = ledger;
        this.partsInFlight = UploadSettings.withinMemory(settings.partsInFlight(), pack.partSize());
        this.readers = settings.readers(pack.plan());
        this.retries = retries;
        this.sending = new VolumeSending(destination, ledger, pace, retries);
    }

    /// Uploads what is missing and seals the pack. Everything it starts has ended when it returns or throws.
    ///
    /// @throws dev.transpack.librar.ArchiveException if a source changed or cannot be read, by name
    /// @throws StoreException if the destination failed for good
    /// @throws X what the watcher threw
    public <X extends Exception> SealedPack run(UploadWatcher<X> watcher) throws IOException, InterruptedException, X {
        return Watched.call("upload-" + pack.id(), this::transfer, () -> watcher.look(progress()));
    }

    private UploadProgress progress() {
        return new UploadProgress(sending.bytes(), pack.files().length(), sending.parts(), pack.parts());
    }

    private SealedPack transfer() throws IOException, InterruptedException {
        var volumes = VolumeUploads.reconcile(pack, destination, ledger, retries);
        sending.begin(volumes.bytesDone(), volumes.partsDone());
        var buffers = pack.plan().partsThatWait() + partsInFlight + BEING_READ;
        try (var stream = new PartStream(pack.plan(), pack.partSize(), volumes, buffers, readers);
                var recovery = new RecoveryUploads(pack, volumes, stream, sending);
                var uploads = new PartUploads(partsInFlight)) {
            for (var volume : volumes.whole()) uploads.start(() -> () -> sending.complete(volume));
            for (var part = stream.next(); part != null; part = stream.next()) {
                start(uploads, volumes, part, recovery);
                recovery.startNext(uploads);
            }
            uploads.finish();
            recovery.startRest(uploads);
            uploads.finish();
            pack.plan().verifySources();
            return new PackSeal(pack.id(), destination, ledger, retries).seal(PackManifest.of(pack, ledger, stream));
        }
    }

    private void start(PartUploads uploads, VolumeUploads volumes, Part part, RecoveryUploads recovery)
            throws IOException, InterruptedException {
        try {
            var volume = volumes.begin(part.volume());
            uploads.start(() -> send(volume, part, recovery));
        } catch (Throwable e) {
            part.close();
            throw e;
        }
    }

    /// @return what is to be done when this was the volume's last part
    private PartUploads.@Nullable Work send(VolumeUpload volume, Part part, RecoveryUploads recovery)
            throws IOException, InterruptedException {
        try (part) {
            if (!sending.send(volume, PartBytes.of(part))) return null;
            return () -> {
                sending.complete(volume);
                recovery.arrived(volume);
            };
        }
    }
}
