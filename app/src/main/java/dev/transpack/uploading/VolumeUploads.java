package dev.transpack.uploading;

import dev.transpack.librar.Fragment;
import dev.transpack.librar.PartLedger;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.ObjectStore.StoredPart;
import dev.transpack.uploading.StoreException.Kind;
import dev.transpack.uploading.UploadLedger.KnownVolume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The volumes of one run: what ledger and destination together say is there, and what is begun on the way. Memory
/// holds the parts of the volumes on their way, and of one completed volume at a time.
final class VolumeUploads implements PartLedger {
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final OutgoingPack pack;
    private final Destination destination;
    private final UploadLedger ledger;
    private final Retries retries;
    private final Map<Integer, VolumeUpload> onTheirWay = new TreeMap<>();
    private final Set<Integer> completed = new HashSet<>();
    private int cachedVolume = -1;
    private Map<Integer, List<Fragment>> cachedFragments = Map.of();

    private VolumeUploads(OutgoingPack pack, Destination destination, UploadLedger ledger, Retries retries) {
        this.pack = pack;
        this.destination = destination;
        this.ledger = ledger;
        this.retries = retries;
    }

    /// Compares what the ledger knows with what the destination holds.
    static VolumeUploads reconcile(OutgoingPack pack, Destination destination, UploadLedger ledger, Retries retries)
            throws IOException, InterruptedException {
        var volumes = new VolumeUploads(pack, destination, ledger, retries);
        var known = ledger.volumes();
        var lost = volumes.lost(known);
        for (var volume : known) volumes.resume(lost.contains(volume) ? volumes.forgotten(volume) : volume);
        return volumes;
    }

    /// Volumes that have all their parts and are not objects yet.
    List<VolumeUpload> whole() {
        return onTheirWay.values().stream().filter(VolumeUpload::isWhole).toList();
    }

    /// Parts that need not be sent any more.
    int partsDone() {
        var inCompleted = completed.stream()
                .mapToInt(volume -> pack.parts(pack.volume(volume)))
                .sum();
        return inCompleted
                + onTheirWay.values().stream()
                        .mapToInt(volume -> volume.parts().size())
                        .sum();
    }

    /// Bytes that need not be sent any more.
    long bytesDone() {
        var inCompleted = completed.stream()
                .mapToLong(volume -> pack.volume(volume).length())
                .sum();
        return inCompleted
                + onTheirWay.values().stream()
                        .flatMap(volume -> volume.parts().stream())
                        .mapToLong(AcceptedPart::size)
                        .sum();
    }

    /// Whether the ledger has it as an object.
    boolean isCompleted(int index) {
        var upload = onTheirWay.get(index);
        return upload == null ? completed.contains(index) : upload.isCompleted();
    }

    @Override
    public Optional<List<Fragment>> accepted(int volume, int part) {
        var upload = onTheirWay.get(volume);
        if (upload != null) {
            // In this order: it may be completed, and forget its parts, in between.
            var fragments = upload.fragments(part);
            if (fragments.isPresent() || !upload.isCompleted()) return fragments;
        }
        if (upload == null && !completed.contains(volume)) return Optional.empty();
        if (cachedVolume != volume) {
            cachedVolume = volume;
            cachedFragments = ledger.parts(volume).stream()
                    .collect(Collectors.toMap(AcceptedPart::number, AcceptedPart::fragments));
        }
        return Optional.ofNullable(cachedFragments.get(part));
    }

    /// The volume a part belongs to, begun if need be: the row first, then the upload, then its id in the row.
    VolumeUpload begin(int index) throws IOException, InterruptedException {
        var known = onTheirWay.get(index);
        if (known != null && known.isOpen()) return known;
        var volume = known == null ? fresh(index, newKey(index)) : known;
        var stray = known == null ? null : strayUpload(volume.key());
        if (known == null) ledger.planned(index, volume.key());
        var upload = stray != null ? stray : create(destination.store(), volume.key(), retries);
        ledger.opened(index, upload.id());
        volume.opened(upload);
        if (stray != null) volume.resumeUnproven(held(stray).orElse(List.of()));
        return volume;
    }

    /// Begins an upload. When the answer was lost it is there already, and is not begun twice.
    static OpenUpload create(ObjectStore store, ObjectKey key, Retries retries)
            throws StoreException, InterruptedException {
        var again = new AtomicBoolean();
        return retries.call(() -> {
            var there = again.getAndSet(true) ? store.openUploads(key) : List.<OpenUpload>of();
            return there.isEmpty() ? store.create(key, CONTENT_TYPE) : there.getFirst();
        });
    }

    /// An upload that was begun before its id could be noted.
    private @Nullable OpenUpload strayUpload(ObjectKey key) throws StoreException, InterruptedException {
        var open = retries.call(() -> destination.store().openUploads(key));
        return open.isEmpty() ? null : open.getFirst();
    }

    /// A volume nobody noted yet lies beside those that were.
    private ObjectKey newKey(int index) {
        var name = pack.volume(index).name();
        return ledger.volumes().stream()
                .findFirst()
                .map(known -> known.key().beside(pack.id(), name))
                .orElseGet(() -> ObjectKey.of(destination.prefix(), pack.id(), name));
    }

    private VolumeUpload fresh(int index, ObjectKey key) {
        var volume = pack.volume(index);
        var upload = new VolumeUpload(volume, key, pack.parts(volume));
        onTheirWay.put(index, upload);
        return upload;
    }

    /// Complete as the ledger says, and not there any more: somebody has removed it, or emptied the bucket. Its size
    /// alone is compared: not every service answers Complete with the entity tag that it shows later.
    private Set<KnownVolume> lost(List<KnownVolume> all) throws StoreException, InterruptedException {
        var complete = all.stream().filter(volume -> volume.completed() != null).toList();
        var keys = complete.stream().map(KnownVolume::key).toList();
        var found = ObjectLooks.at(destination.store(), keys, retries);
        return IntStream.range(0, complete.size())
                .filter(i -> found.get(i)
                        .filter(object -> object.size()
                                == pack.volume(complete.get(i).volume()).length())
                        .isEmpty())
                .mapToObj(complete::get)
                .collect(Collectors.toSet());
    }

    /// Is to be sent afresh.
    private KnownVolume forgotten(KnownVolume known) throws IOException {
        ledger.planned(known.volume(), known.key());
        return new KnownVolume(known.volume(), known.key(), null, null);
    }

    private void resume(KnownVolume known) throws IOException, InterruptedException {
        if (known.completed() != null) {
            completed.add(known.volume());
            return;
        }
        var upload = fresh(known.volume(), known.key());
        var parts = ledger.parts(known.volume());
        if (isAnObject(upload, parts)) return;
        if (known.uploadId() == null) return;
        var begun = new OpenUpload(known.key(), known.uploadId());
        var held = held(begun);
        if (held.isEmpty()) {
            ledger.planned(known.volume(), known.key());
            return;
        }
        upload.opened(begun);
        agree(upload, parts, held.get());
    }

    /// Every part was accepted: perhaps it was completed too, and the answer or its row was lost.
    private boolean isAnObject(VolumeUpload upload, List<AcceptedPart> parts)
            throws StoreException, InterruptedException {
        if (parts.size() != pack.parts(upload.volume())) return false;
        var found = retries.call(() -> destination.store().find(upload.key()));
        if (found.isEmpty() || found.get().size() != upload.volume().length()) return false;
        upload.resume(parts);
        upload.found(found.get());
        return true;
    }

    /// What the destination holds of an upload; empty if somebody aborted it.
    private Optional<List<StoredPart>> held(OpenUpload upload) throws StoreException, InterruptedException {
        try {
            return Optional.of(retries.call(() -> destination.store().listParts(upload)));
        } catch (StoreException e) {
            if (e.kind() == Kind.NOT_FOUND) return Optional.empty();
            throw e;
        }
    }

    /// A part counts when both sides know it; one that only the destination knows is to be proven.
    private static void agree(VolumeUpload upload, List<AcceptedPart> parts, List<StoredPart> held) {
        var byNumber = held.stream().collect(Collectors.toMap(StoredPart::number, Function.identity()));
        var agreed = new ArrayList<AcceptedPart>();
        for (var part : parts) if (part.stored().equals(byNumber.get(part.number()))) agreed.add(part);
        agreed.forEach(part -> byNumber.remove(part.number()));
        upload.resume(agreed);
        upload.resumeUnproven(List.copyOf(byNumber.values()));
    }
}
