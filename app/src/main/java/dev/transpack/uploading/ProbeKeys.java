package dev.transpack.uploading;

import dev.transpack.uploading.ObjectStore.ObjectVersion;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Pattern;

/// Where a probe writes: in a folder of its own below the prefix, so that two at the same time do not meet.
record ProbeKeys(String prefix, String id) {
    private static final String FOLDER = "probe-";
    private static final Pattern NAME =
            Pattern.compile("probe-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/(small|multipart|trailers|conditional)");

    /// No probe takes that long.
    private static final Duration OVER = Duration.ofHours(1);

    static ProbeKeys fresh(String prefix) {
        return new ProbeKeys(prefix, FOLDER + UUID.randomUUID());
    }

    ObjectKey small() {
        return key("small");
    }

    ObjectKey multipart() {
        return key("multipart");
    }

    ObjectKey trailers() {
        return key("trailers");
    }

    ObjectKey conditional() {
        return key("conditional");
    }

    /// Whether what comes behind the prefix of a key is a probe's.
    static boolean isOne(String behindPrefix) {
        return NAME.matcher(behindPrefix).matches();
    }

    /// Removes what probes left that were killed. A destination that does not let its keys list, or delete, keeps it.
    void sweep(ObjectStore store, InstantSource clock) throws InterruptedException {
        var before = clock.instant().minus(OVER);
        var start = ObjectKey.start(prefix);
        try {
            store.uploads(start + FOLDER, page -> {
                for (var upload : page)
                    if (isLeft(start, upload.key(), upload.begun(), before))
                        store.abort(new OpenUpload(new ObjectKey(upload.key()), upload.id()));
                return true;
            });
            store.objects(start + FOLDER, page -> {
                store.delete(page.stream()
                        .filter(object -> isLeft(start, object.key(), object.modified(), before))
                        .map(object -> new ObjectVersion(new ObjectKey(object.key()), null))
                        .toList());
                return true;
            });
        } catch (StoreException _) {
            // The probe itself has said what the destination lets us do; this is only for tidiness.
        }
    }

    private static boolean isLeft(String start, String key, Instant since, Instant before) {
        return isOne(key.substring(start.length())) && since.isBefore(before);
    }

    private ObjectKey key(String name) {
        return ObjectKey.of(prefix, id, name);
    }
}
