package dev.transpack.uploading;

import dev.transpack.packing.Pack.Grade;
import dev.transpack.uploading.ObjectStore.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Sends parts, makes objects of volumes that have all of them, and notes both in the ledger. Counts what was sent. May
/// be used from many threads at once, for different parts.
final class VolumeSending {
    private final Destination destination;
    private final UploadLedger ledger;
    private final PartBody.Pace pace;
    private final Retries retries;
    private final AtomicLong bytesDone = new AtomicLong();
    private final AtomicLong bytesOnTheWay = new AtomicLong();
    private final AtomicInteger partsDone = new AtomicInteger();

    VolumeSending(Destination destination, UploadLedger ledger, PartBody.Pace pace, Retries retries) {
        this.destination = destination;
        this.ledger = ledger;
        this.pace = pace;
        this.retries = retries;
    }

    /// What earlier runs have sent.
    void begin(long bytes, int parts) {
        bytesDone.set(bytes);
        partsDone.set(parts);
    }

    long bytes() {
        return bytesDone.get() + bytesOnTheWay.get();
    }

    int parts() {
        return partsDone.get();
    }

    /// @return whether this was the volume's last part
    boolean send(VolumeUpload volume, PartBytes part) throws IOException, InterruptedException {
        try (var sending = new Sending()) {
            var digests = PartDigests.of(part.bytes());
            var plain = new PartBody(part.bytes(), digests.sha256(), sending);
            var body = destination.facts().needsMd5() ? plain.withMd5() : plain;
            var accepted = new AcceptedPart(
                    part.number(),
                    part.length(),
                    etag(volume, part, body, sending),
                    body.sha256(),
                    new AcceptedPart.PartChecksums(part.crc32(), digests.crc32c()),
                    part.fragments());
            ledger.accepted(volume.volume().index(), accepted);
            sending.takeBack();
            bytesDone.addAndGet(accepted.size());
            partsDone.incrementAndGet();
            return volume.accept(accepted);
        }
    }

    /// Makes an object of a volume that has all its parts, and looks at it.
    void complete(VolumeUpload upload) throws IOException, InterruptedException {
        var parts = upload.parts();
        var object = object(upload, parts);
        var grade = verified(upload, parts);
        var crc = VolumeChecksums.of(parts);
        ledger.completed(
                upload.volume().index(),
                new CompletedVolume(object.etag(), object.version(), crc.crc32(), crc.crc32c(), grade));
        upload.completed();
    }

    /// Sends the part, unless the destination holds exactly it already.
    private String etag(VolumeUpload volume, PartBytes part, PartBody body, Sending sending)
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
            return new Verification(destination, retries).verify(upload.key(), parts, upload.isResumed());
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

    /// Counts the bytes of one part while they go out, so that a slow line is seen to move; they are no longer on
    /// their way when the part was accepted, failed, or begins anew.
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
