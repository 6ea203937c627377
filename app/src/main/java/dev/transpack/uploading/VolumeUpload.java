package dev.transpack.uploading;

import dev.transpack.librar.Fragment;
import dev.transpack.librar.Volume;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.ObjectStore.StoredObject;
import dev.transpack.uploading.ObjectStore.StoredPart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A volume on its way: which of its parts the destination holds.
final class VolumeUpload {
    private final Volume volume;
    private final ObjectKey key;
    private final int total;
    private final Map<Integer, AcceptedPart> accepted = new TreeMap<>();
    private final Map<Integer, StoredPart> unproven = new HashMap<>();
    private @Nullable OpenUpload upload;
    private @Nullable StoredObject object;
    private boolean completed;
    private boolean resumed;

    /// A volume of which nothing is there.
    VolumeUpload(Volume volume, ObjectKey key, int total) {
        this.volume = volume;
        this.key = key;
        this.total = total;
    }

    synchronized void opened(OpenUpload begun) {
        upload = begun;
    }

    /// The destination holds these, and the ledger knows them.
    synchronized void resume(List<AcceptedPart> parts) {
        parts.forEach(part -> accepted.put(part.number(), part));
        resumed = !parts.isEmpty();
    }

    /// Whether an earlier run sent a part of it.
    synchronized boolean isResumed() {
        return resumed;
    }

    /// The destination made an object of it, though the ledger does not say so.
    synchronized void found(StoredObject there) {
        object = there;
    }

    synchronized @Nullable StoredObject object() {
        return object;
    }

    /// The destination says that it holds these, of which the ledger knows nothing.
    synchronized void resumeUnproven(List<StoredPart> parts) {
        parts.forEach(part -> unproven.put(part.number(), part));
    }

    Volume volume() {
        return volume;
    }

    ObjectKey key() {
        return key;
    }

    synchronized boolean isOpen() {
        return upload != null;
    }

    synchronized OpenUpload upload() {
        if (upload == null) throw new IllegalStateException(key + " was not begun");
        return upload;
    }

    synchronized Optional<List<Fragment>> fragments(int part) {
        return Optional.ofNullable(accepted.get(part)).map(AcceptedPart::fragments);
    }

    /// Whether the destination has accepted exactly this part.
    synchronized boolean holds(int part, String sha256) {
        var known = accepted.get(part);
        return known != null && known.sha256().equals(sha256);
    }

    synchronized @Nullable StoredPart unproven(int part) {
        return unproven.get(part);
    }

    /// Notes a part.
    ///
    /// @return whether it was the last that was missing
    synchronized boolean accept(AcceptedPart part) {
        accepted.put(part.number(), part);
        return accepted.size() == total;
    }

    synchronized boolean isWhole() {
        return accepted.size() == total;
    }

    /// The ledger has it as an object: what is known of its parts is forgotten here, and is to be asked there.
    synchronized void completed() {
        completed = true;
        accepted.clear();
        unproven.clear();
    }

    synchronized boolean isCompleted() {
        return completed;
    }

    /// In order.
    synchronized List<AcceptedPart> parts() {
        return List.copyOf(accepted.values());
    }
}
