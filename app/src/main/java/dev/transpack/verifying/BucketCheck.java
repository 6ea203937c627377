package dev.transpack.verifying;

import dev.transpack.packing.Pack;
import dev.transpack.packing.Pack.Verified.How;
import dev.transpack.sharing.StoredVolumes.StoredVolume;
import dev.transpack.uploading.ObjectLooks;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.ReadBack;
import dev.transpack.uploading.Retries;
import dev.transpack.uploading.StoreException;
import dev.transpack.uploading.Watched;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The check of a pack in a bucket: every object is there as it was stored, the manifest is the one that sealed the
/// pack, and what is read back has the checksums that the manifest lists. A few parts are on their way at a time,
/// with a few MiB of each in memory.
final class BucketCheck implements PackCheck {
    private static final int AT_A_TIME = 4;

    private final List<StoredVolume> volumes;
    private final SealedManifest manifest;
    private final ObjectStore store;
    private final Retries retries;
    private final How how;
    private final CheckProgress progress;

    /// What is stored, by our rows.
    record Copy(List<StoredVolume> volumes, Pack.Manifest manifest, ObjectStore store) {}

    BucketCheck(Copy copy, Retries retries, How how, CheckProgress progress) {
        this.volumes = copy.volumes();
        this.manifest = new SealedManifest(copy.manifest(), copy.store(), retries);
        this.store = copy.store();
        this.retries = retries;
        this.how = how;
        this.progress = progress;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        lookAtObjects();
        var left = progress.begin(CheckedPart.of(volumes, manifest.read(), how));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                readBack(left, threads);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private void lookAtObjects() throws StoreException, DamagedException, InterruptedException {
        var keys = volumes.stream().map(StoredVolume::key).toList();
        var found = ObjectLooks.at(store, keys, retries);
        for (var i = 0; i < found.size(); i++) {
            var volume = volumes.get(i);
            var wrong = volume.difference(found.get(i));
            if (wrong.isPresent()) throw damaged(volume, wrong.get());
        }
    }

    /// Several at a time, and counted in their order.
    private void readBack(List<CheckedPart> parts, ExecutorService threads) throws IOException, InterruptedException {
        var going = new ArrayDeque<Future<CheckedPart>>();
        for (var part : parts) {
            if (going.size() == AT_A_TIME) await(going.remove());
            going.add(threads.submit(() -> compared(part)));
        }
        while (!going.isEmpty()) await(going.remove());
    }

    private void await(Future<CheckedPart> part) throws IOException, InterruptedException {
        try {
            progress.read(part.get());
        } catch (ExecutionException e) {
            throw Watched.unwrapped(e);
        }
    }

    private CheckedPart compared(CheckedPart part) throws IOException, InterruptedException {
        var volume = part.volume();
        try {
            new ReadBack(store, retries).compare(volume.key(), part.stretch());
            return part;
        } catch (StoreException e) {
            throw switch (e.kind()) {
                case CORRUPT -> damaged(volume, "is damaged: " + bytes(part) + " are not what was sealed");
                case NOT_FOUND -> damaged(volume, "is missing");
                case DENIED, THROTTLED, UNAVAILABLE, CONFLICT, REFUSED -> e;
            };
        }
    }

    private static String bytes(CheckedPart part) {
        var from = part.stretch().offset();
        return "bytes " + from + " to " + (from + part.size() - 1);
    }

    private static DamagedException damaged(StoredVolume volume, String what) {
        return new DamagedException("'" + volume.name() + "' in the bucket " + what + ".");
    }
}
