package dev.transpack.purging;

import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.purging.PurgePlan.BucketStep;
import dev.transpack.purging.PurgePlan.DoomedObject;
import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRecord.Went;
import dev.transpack.settings.Figures;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectLooks;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.ObjectStore.FailedDelete;
import dev.transpack.uploading.ObjectStore.ObjectVersion;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.ObjectStore.StoredObject;
import dev.transpack.uploading.Retries;
import dev.transpack.uploading.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Deletes exactly the objects of a plan, and looks whether they are gone. Neither lists nor guesses a key.
final class BucketRemoval {
    private static final int AT_A_TIME = 100;
    private static final int LOOKS = 5;

    private final InstantSource clock;

    BucketRemoval(InstantSource clock) {
        this.clock = clock;
    }

    void remove(ObjectStore store, BucketStep step, PurgeProgress progress, JobRun run)
            throws StoreException, PurgeException, JobInterrupted, InterruptedException {
        for (var upload : step.uploads()) {
            if (progress.has(Kind.UPLOAD, upload.uploadId())) continue;
            run.check();
            store.abort(new OpenUpload(new ObjectKey(upload.key()), upload.uploadId()));
            progress.went(Kind.UPLOAD, upload.uploadId(), 0);
        }
        abortUnknown(store, step, run);
        var failures = new ArrayList<String>();
        var total = step.objects().stream().mapToLong(DoomedObject::size).sum();
        long done = 0;
        for (var from = 0; from < step.objects().size(); from += AT_A_TIME) {
            var some = some(step.objects(), from);
            run.progress(done, total);
            failures.addAll(removeSome(store, some, progress));
            done += some.stream().mapToLong(DoomedObject::size).sum();
        }
        run.progress(done, total);
        if (!failures.isEmpty()) throw left(failures, store);
    }

    /// An upload whose id never reached our rows could still make an object of this key later.
    private static void abortUnknown(ObjectStore store, BucketStep step, JobRun run)
            throws StoreException, PurgeException, JobInterrupted, InterruptedException {
        for (var from = 0; from < step.objects().size(); from += AT_A_TIME) {
            run.check();
            abortUnknown(store, keys(some(step.objects(), from)));
        }
    }

    private static void abortUnknown(ObjectStore store, List<ObjectKey> keys)
            throws StoreException, PurgeException, InterruptedException {
        var open = ObjectLooks.openUploads(store, keys);
        for (var looks = 0; !open.isEmpty(); looks++) {
            var first = open.getFirst().key();
            if (looks == LOOKS)
                throw new PurgeException("Uploads of " + first + " in " + store.address() + " do not end.", true);
            for (var upload : open) store.abort(upload);
            open = ObjectLooks.openUploads(
                    store, open.stream().map(OpenUpload::key).distinct().toList());
        }
    }

    private List<String> removeSome(ObjectStore store, List<DoomedObject> objects, PurgeProgress progress)
            throws StoreException, JobInterrupted, InterruptedException {
        var doomed = objects.stream()
                .filter(object -> !progress.has(Kind.OBJECT, object.key()))
                .toList();
        if (doomed.isEmpty()) return List.of();
        var failed = store.delete(doomed.stream().map(BucketRemoval::version).toList());
        var seen = ObjectLooks.at(store, keys(doomed), Retries.NONE);
        var gone = new ArrayList<Went>();
        var left = new ArrayList<String>();
        for (var i = 0; i < doomed.size(); i++) {
            var object = doomed.get(i);
            if (isGone(object, seen.get(i)))
                gone.add(new Went(Kind.OBJECT, object.key(), object.size(), clock.instant()));
            else left.add(object.key() + " (" + reason(object, failed) + ")");
        }
        progress.went(gone);
        return left;
    }

    private static List<DoomedObject> some(List<DoomedObject> objects, int from) {
        return objects.subList(from, Math.min(from + AT_A_TIME, objects.size()));
    }

    private static List<ObjectKey> keys(List<DoomedObject> objects) {
        return objects.stream().map(object -> new ObjectKey(object.key())).toList();
    }

    /// Where the bucket keeps versions, ours can be gone and an older one of somebody else's come to light.
    private static boolean isGone(DoomedObject object, Optional<StoredObject> seen) {
        return seen.isEmpty()
                || (object.version() != null
                        && !Objects.equals(object.version(), seen.get().version()));
    }

    private static String reason(DoomedObject object, List<FailedDelete> failed) {
        return failed.stream()
                .filter(failure -> failure.object().key().value().equals(object.key()))
                .map(FailedDelete::reason)
                .findFirst()
                .orElse("it is still there after it was deleted");
    }

    private static ObjectVersion version(DoomedObject object) {
        return new ObjectVersion(new ObjectKey(object.key()), object.version());
    }

    private static PurgeException left(List<String> failures, ObjectStore store) {
        return new PurgeException(
                Figures.count(failures.size(), "object") + " in " + store.address() + " could not be deleted, first "
                        + failures.getFirst() + ".",
                true);
    }
}
