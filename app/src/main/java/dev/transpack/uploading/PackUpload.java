package dev.transpack.uploading;

import dev.transpack.librar.Part;
import dev.transpack.librar.PartStream;
import dev.transpack.packing.Pack.Grade;
import dev.transpack.uploading.ObjectStore.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Streams a pack to its destination and seals it: read once, in bounded memory, nothing staged, every volume verified,
/// the manifest last. Run again with the same ledger after a crash, an error or a stop, it goes on with the next part.
///
/// Memory: the parts that wait for a checksum, those in flight, and the one being read. Aborts nothing, ever: that is
/// for
/// [UploadRemoval], after the decision was committed.
public final class PackUpload {
    private static final int BEING_READ = 1;

    private final OutgoingPack pack;
    private final Destination destination;
    private final UploadLedger ledger;
    private final int partsInFlight;
    private final PartBody.Pace pace;
    private final Retries retries;
    private final AtomicLong bytesDone = new AtomicLong();
    private final AtomicLong bytesOnTheWay = new AtomicLong();
    private final AtomicInteger partsDone = new AtomicInteger();

    public PackUpload(
            OutgoingPack pack,
            Destination destination,
            UploadLedger ledger,
            UploadSettings settings,
            RateLimit rateLimit) {
        this(pack, destination, ledger, settings.partsInFlight(), rateLimit, Retries.STANDARD);
    }

    PackUpload(
            OutgoingPack pack,
            Destination destination,
            UploadLedger ledger,
            int partsInFlight,
            PartBody.Pace pace,
            Retries retries) {
        this.pack = pack;
        this.destination = destination;
        this.ledger = ledger;
        this.partsInFlight = UploadSettings.withinMemory(partsInFlight, pack.partSize());
        this.pace = pace;
        this.retries = retries;
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
        return new UploadProgress(
                bytesDone.get() + bytesOnTheWay.get(), pack.plan().length(), partsDone.get(), pack.parts());
    }

    private SealedPack transfer() throws IOException, InterruptedException {
        var volumes = VolumeUploads.reconcile(pack, destination, ledger, retries);
        bytesDone.set(volumes.bytesDone());
        partsDone.set(volumes.partsDone());
        var buffers = pack.plan().partsThatWait() + partsInFlight + BEING_READ;
        try (var stream = new PartStream(pack.plan(), pack.partSize(), volumes, buffers);
                var uploads = new PartUploads(partsInFlight)) {
            for (var volume : volumes.whole()) uploads.start(() -> () -> complete(volume));
            for (var part = stream.next(); part != null; part = stream.next()) start(uploads, volumes, part);
            uploads.finish();
            pack.plan().verifySources();
            return new PackSeal(pack, destination, ledger, retries).seal(stream);
        }
    }

    private void start(PartUploads uploads, VolumeUploads volumes, Part part) throws IOException, InterruptedException {
        try {
            var volume = volumes.begin(part.volume());
            uploads.start(() -> send(volume, part));
        } catch (Throwable e) {
            part.close();
            throw e;
        }
    }

    /// @return what is to be done when this was the volume's last part
    private PartUploads.@Nullable Work send(VolumeUpload volume, Part part) throws IOException, InterruptedException {
        try (part;
                var sending = new Sending()) {
            var digests = PartDigests.of(part.bytes());
            var body = new PartBody(part.bytes(), digests.sha256(), sending);
            var accepted = new AcceptedPart(
                    part.number(),
                    part.length(),
                    etag(volume, part, body, sending),
                    body.sha256(),
                    new AcceptedPart.PartChecksums(part.crc32(), digests.crc32c()),
                    part.fragments());
            ledger.accepted(part.volume(), accepted);
            sending.takeBack();
            bytesDone.addAndGet(accepted.size());
            partsDone.incrementAndGet();
            return volume.accept(accepted) ? () -> complete(volume) : null;
        }
    }

    /// Sends the part, unless the destination holds exactly it already.
    private String etag(VolumeUpload volume, Part part, PartBody body, Sending sending)
            throws IOException, InterruptedException {
        var held = volume.unproven(part.number());
        if (held != null && held.size() == part.length() && held.etag().equalsIgnoreCase(Digests.md5(part.bytes())))
            return held.etag();
        try {
            return retries.call(() -> {
                sending.takeBack();
                return destination.store().uploadPart(volume.upload(), part.number(), body);
            });
        } catch (StoreException e) {
            throw forgetting(volume, e);
        }
    }

    private void complete(VolumeUpload upload) throws IOException, InterruptedException {
        var parts = upload.parts();
        var object = object(upload, parts);
        var grade = verified(upload, parts);
        var crc = VolumeChecksums.of(parts);
        ledger.completed(
                upload.volume().index(),
                new CompletedVolume(object.etag(), object.version(), crc.crc32(), crc.crc32c(), grade));
        upload.completed();
    }

    private StoredObject object(VolumeUpload upload, List<AcceptedPart> parts)
            throws IOException, InterruptedException {
        var found = upload.object();
        if (found != null) return found;
        var stored = parts.stream().map(AcceptedPart::stored).toList();
        try {
            return retries.call(() -> destination.store().complete(upload.upload(), stored));
        } catch (StoreException e) {
            throw forgetting(upload, e);
        }
    }

    private Grade verified(VolumeUpload upload, List<AcceptedPart> parts) throws IOException, InterruptedException {
        try {
            return new Verification(destination, retries).verify(upload.key(), parts);
        } catch (StoreException e) {
            // What lies there is not what was sent: the next run sends the volume afresh.
            if (e.kind() == StoreException.Kind.CORRUPT)
                ledger.planned(upload.volume().index(), upload.key());
            throw e;
        }
    }

    /// Somebody, or a rule of the bucket, aborted the upload: the next run sends the volume afresh.
    private StoreException forgetting(VolumeUpload upload, StoreException e) throws IOException {
        if (e.kind() != StoreException.Kind.NOT_FOUND) return e;
        ledger.planned(upload.volume().index(), upload.key());
        var sentence = "The multipart upload of " + destination.store().address() + "/" + upload.key()
                + " was aborted by somebody else: the volume is sent again from its beginning.";
        return new StoreException(StoreException.Kind.UNAVAILABLE, sentence, e);
    }

    /// Counts the bytes of one part while they go out, so that a slow line is seen to move; they are no longer on their
    /// way
    /// when the part was accepted, failed, or begins anew.
    private final class Sending implements PartBody.Pace, AutoCloseable {
        private long sent;

        @Override
        public void await(int bytes) throws InterruptedException {
            pace.await(bytes);
            sent += bytes;
            bytesOnTheWay.addAndGet(bytes);
        }

        @Override
        public int stretch() {
            return pace.stretch();
        }

        @Override
        public void close() {
            takeBack();
        }

        void takeBack() {
            bytesOnTheWay.addAndGet(-sent);
            sent = 0;
        }
    }
}
