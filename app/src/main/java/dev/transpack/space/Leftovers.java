package dev.transpack.space;

import dev.transpack.settings.Figures;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.ObjectStore.ListedUpload;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.OpenDestinations;
import dev.transpack.uploading.StoreException;
import dev.transpack.uploading.StoreException.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what lies below a destination's prefix and in no row of ours. Of that, uploads can be aborted: only those
/// whose key is of the shape we write, that were begun and last touched before the grace time. Objects are never
/// deleted here. Listings are read a page at a time, and compared with rows a page at a time.
public final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    /// How many of each are named; all are counted.
    private static final int NAMED = 1_000;
    /// Some three hundred requests: then whoever asked wants an answer.
    private static final long MOST_LOOKED_AT = 300_000;

    private final OpenDestinations destinations;
    private final KnownKeys known;
    private final SpaceSettings settings;
    private final InstantSource clock;

    Leftovers(OpenDestinations destinations, KnownKeys known, SpaceSettings settings, InstantSource clock) {
        this.destinations = destinations;
        this.known = known;
        this.settings = settings;
        this.clock = clock;
    }

    /// A multipart upload that no row knows.
    ///
    /// @param due whether it is old enough to be aborted
    public record Abandoned(String key, String id, Instant begun, boolean due) {}

    /// Objects of a pack that no row knows, or that its rows know no more.
    ///
    /// @param path what their keys begin with
    /// @param sealed whether a manifest is among them: a whole pack of somebody's
    public record Folder(String path, long objects, long bytes, Instant newest, boolean sealed) {}

    /// Objects that no row knows.
    ///
    /// @param packs how many folders of packs hold such objects
    /// @param folders the first of them
    /// @param others objects below the prefix whose keys are none of ours: nothing that Transpack wrote
    public record Objects(long packs, long objects, long bytes, List<Folder> folders, long others, long otherBytes) {
        public Objects {
            folders = List.copyOf(folders);
        }
    }

    /// What was found.
    ///
    /// @param uploads how many uploads no row knows
    /// @param abandoned the first of them
    /// @param orphans objects that no row knows, by folder
    /// @param complete false when there is more than was looked at
    public record Found(long uploads, List<Abandoned> abandoned, Objects orphans, boolean complete) {
        public Found {
            abandoned = List.copyOf(abandoned);
        }
    }

    /// Lists what a destination holds and no row knows.
    public Found look(DestinationSettings destination) throws StoreException, InterruptedException {
        var store = destinations.store(destination);
        var start = ObjectKey.start(destination.prefix());
        var before = clock.instant().minus(settings.abandonedAfter());
        var named = new ArrayList<Abandoned>();
        var counted = new long[2];
        store.uploads(start, page -> {
            for (var upload : known.unknownUploads(start, page)) {
                if (counted[0]++ < NAMED)
                    named.add(new Abandoned(
                            upload.key(),
                            upload.id(),
                            upload.begun(),
                            upload.begun().isBefore(before)));
            }
            return (counted[1] += page.size()) < MOST_LOOKED_AT;
        });
        var orphans = new Orphans(start, known, NAMED, MOST_LOOKED_AT);
        store.objects(start, orphans::add);
        return new Found(counted[0], named, orphans.found(), counted[1] < MOST_LOOKED_AT && orphans.isComplete());
    }

    /// What an abort did: a failure on the way takes nothing of it back.
    ///
    /// @param failure why it ended early; null: it did not
    public record Aborted(List<Abandoned> uploads, @Nullable StoreException failure) {
        public Aborted {
            uploads = List.copyOf(uploads);
        }

        /// Why it ended early, with what was done before, in a sentence.
        public Optional<String> problem() {
            if (failure == null) return Optional.empty();
            var done = uploads.isEmpty() ? "" : Figures.count(uploads.size(), "upload") + " aborted, then: ";
            return Optional.of(done + failure.getMessage());
        }
    }

    /// Aborts uploads that are due, a thousand at most.
    public Aborted abort(DestinationSettings destination) throws InterruptedException {
        var aborted = new ArrayList<Abandoned>();
        try {
            abort(destination, aborted);
            return new Aborted(aborted, null);
        } catch (StoreException e) {
            return new Aborted(aborted, e);
        } finally {
            if (!aborted.isEmpty())
                log.atInfo()
                        .addKeyValue("destination", destination.name())
                        .addKeyValue("uploads", aborted.size())
                        .log("abandoned uploads aborted");
        }
    }

    private void abort(DestinationSettings destination, List<Abandoned> aborted)
            throws StoreException, InterruptedException {
        var store = destinations.store(destination);
        for (var upload : due(store, destination)) {
            if (!isUntouched(store, upload)) continue;
            store.abort(open(upload));
            aborted.add(new Abandoned(upload.key(), upload.id(), upload.begun(), true));
        }
    }

    private List<ListedUpload> due(ObjectStore store, DestinationSettings destination)
            throws StoreException, InterruptedException {
        var start = ObjectKey.start(destination.prefix());
        var before = clock.instant().minus(settings.abandonedAfter());
        var due = new ArrayList<ListedUpload>();
        store.uploads(start, page -> {
            known.unknownUploads(start, page).stream()
                    .filter(upload -> upload.begun().isBefore(before))
                    .limit(NAMED - (long) due.size())
                    .forEach(due::add);
            return due.size() < NAMED;
        });
        return due;
    }

    /// Somebody else's may have begun long ago and still be on its way. One that went meanwhile needs no abort.
    private boolean isUntouched(ObjectStore store, ListedUpload upload) throws StoreException, InterruptedException {
        try {
            var last = store.lastPart(open(upload)).orElse(upload.begun());
            return last.isBefore(clock.instant().minus(settings.abandonedAfter()));
        } catch (StoreException e) {
            if (e.kind() == Kind.NOT_FOUND) return false;
            throw e;
        }
    }

    private static OpenUpload open(ListedUpload upload) {
        return new OpenUpload(new ObjectKey(upload.key()), upload.id());
    }
}
