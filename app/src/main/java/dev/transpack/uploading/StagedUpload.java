package dev.transpack.uploading;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Volume;
import dev.transpack.packing.RarTool;
import dev.transpack.settings.FolderException;
import dev.transpack.uploading.StagedParts.StagedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets the `rar` program make the volumes of a pack, uploads each as soon as it is finished and removes it at once,
/// and seals the pack. At most two volumes lie on the disk. What the program makes is never the same twice, so a run
/// begins afresh: its ledger must be empty, and whoever calls takes back what an earlier run left
/// ([UploadRemoval]). However it ends, its folder in staging is gone and the program has ended.
public final class StagedUpload {
    private static final int VOLUMES_ON_DISK = 2;
    private static final int BEING_READ = 1;

    private final StagedPack pack;
    private final RarTool rar;
    private final Target target;
    private final int partsInFlight;
    private final Retries retries;
    private final VolumeSending sending;
    private final List<Volume> volumes = new ArrayList<>();

    /// Where volumes go, and where is noted what arrived.
    ///
    /// @param rows takes each volume before the ledger hears of it
    public record Target(Destination destination, UploadLedger ledger, VolumeRows rows) {}

    /// Notes that there is one volume more.
    @FunctionalInterface
    public interface VolumeRows {
        /// For ledgers that need no rows.
        VolumeRows NONE = (volume, key) -> {};

        /// Called in order, before anything of the volume is sent. Durable when it returns.
        void add(Volume volume, ObjectKey key) throws IOException;
    }

    public StagedUpload(StagedPack pack, RarTool rar, Target target, UploadSettings settings, PartBody.Pace pace) {
        this(pack, rar, target, settings, pace, Retries.STANDARD);
    }

    StagedUpload(
            StagedPack pack, RarTool rar, Target target, UploadSettings settings, PartBody.Pace pace, Retries retries) {
        this.pack = pack;
        this.rar = rar;
        this.target = target;
        this.partsInFlight = UploadSettings.withinMemory(settings.partsInFlight(), pack.partSize());
        this.retries = retries;
        this.sending = new VolumeSending(target.destination(), target.ledger(), pace, retries);
    }

    /// Packs, uploads and seals. Everything it starts has ended when it returns or throws.
    ///
    /// @throws ArchiveException if the program is not there or failed, or a source changed, by name
    /// @throws FolderException if there is not room enough, or no more of it
    /// @throws StoreException if the destination failed for good
    /// @throws X what the watcher threw
    public <X extends Exception> SealedPack run(UploadWatcher<X> watcher) throws IOException, InterruptedException, X {
        return Watched.call("upload-" + pack.id(), this::transfer, () -> watcher.look(progress()));
    }

    /// All volumes, once it has run.
    public List<Volume> volumes() {
        return List.copyOf(volumes);
    }

    /// Bytes of all volumes, once it has run.
    public long totalBytes() {
        return volumes.stream().mapToLong(Volume::length).sum();
    }

    /// Nobody knows how many bytes there will be: the files' own stand for them, and what has gone is never more.
    private UploadProgress progress() {
        var total = pack.plan().sourceBytes();
        var parts = sending.parts();
        var planned = Math.toIntExact(Math.ceilDiv(total, pack.partSize()));
        return new UploadProgress(Math.min(sending.bytes(), total), total, parts, Math.max(parts, planned));
    }

    private SealedPack transfer() throws IOException, InterruptedException {
        var binary = rar.binary();
        var password = pack.password() == null ? null : pack.password().reveal().toCharArray();
        try (var room = rar.staging().open(pack.id(), roomFor(pack.plan().mostBytes()))) {
            var parts = new StagedParts(pack.partSize(), partsInFlight + BEING_READ);
            binary.pack(pack.plan().request(room.folder()), password, (index, file) -> {
                take(index, file, parts);
                Files.delete(file);
                room.needs(roomFor(pack.plan().leastBytes() - totalBytes()));
            });
            pack.plan().verifySources();
        } catch (ArchiveException e) {
            if (e.kind() != ArchiveException.Kind.DESTINATION_FAILED || !FolderException.isFull(e)) throw e;
            throw rar.staging().failed(e);
        } finally {
            if (password != null) Arrays.fill(password, '\0');
        }
        return seal();
    }

    private SealedPack seal() throws IOException, InterruptedException {
        var manifest = PackManifest.of(pack, volumes(), target.ledger());
        return new PackSeal(pack.id(), target.destination(), target.ledger(), retries).seal(manifest);
    }

    private void take(int index, Path file, StagedParts parts) throws IOException, InterruptedException {
        var volume = new Volume(index, file.getFileName().toString(), Files.size(file));
        var upload = begin(volume, parts.count(volume.length()));
        try (var uploads = new PartUploads(partsInFlight)) {
            parts.each(file, volume.length(), part -> start(uploads, upload, part));
            uploads.finish();
        }
    }

    /// The row first, then the upload, then its id in the row.
    private VolumeUpload begin(Volume volume, int parts) throws IOException, InterruptedException {
        var destination = target.destination();
        var key = ObjectKey.of(destination.prefix(), pack.id(), volume.name());
        target.rows().add(volume, key);
        target.ledger().planned(volume.index(), key);
        volumes.add(volume);
        var upload = VolumeUploads.create(destination.store(), key, retries);
        target.ledger().opened(volume.index(), upload.id());
        var begun = new VolumeUpload(volume, key, parts);
        begun.opened(upload);
        return begun;
    }

    private void start(PartUploads uploads, VolumeUpload volume, StagedPart part)
            throws IOException, InterruptedException {
        try {
            uploads.start(() -> send(volume, part));
        } catch (Throwable e) {
            part.close();
            throw e;
        }
    }

    private PartUploads.@Nullable Work send(VolumeUpload volume, StagedPart part)
            throws IOException, InterruptedException {
        try (part) {
            return sending.send(volume, part.bytes()) ? () -> sending.complete(volume) : null;
        }
    }

    private long roomFor(long bytes) {
        var volume = pack.plan().options().volumeSize();
        return Math.min(bytes, VOLUMES_ON_DISK * volume);
    }
}
