package dev.transpack.purging;

import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRecord.Went;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The record of a purge under way; every change is a committed row when its method returns, and nothing is written
/// twice.
final class PurgeProgress {
    private static final int MOST_NAMED = 100;

    private record Thing(Kind kind, String what) {}

    private final Purge purge;
    private final PurgeRecords records;
    private final InstantSource clock;
    private final Set<Thing> gone = new HashSet<>();
    private @Nullable Instant sourceBegun;
    private List<String> leftovers;

    PurgeProgress(Purge purge, PurgeRecords records, InstantSource clock) {
        this.purge = purge;
        this.records = records;
        this.clock = clock;
        this.sourceBegun = purge.record().sourceBegun();
        this.leftovers = purge.record().remains();
        purge.record().went().forEach(this::isNew);
    }

    /// Says that it is under way, for the first time or again.
    ///
    /// @throws PurgeException while another purge of the pack is
    void starts() throws PurgeException {
        if (!records.begin(purge, record(List.of(), null)))
            throw new PurgeException("Another purge of this pack is under way.", true);
        leftovers = List.of();
    }

    boolean has(Kind kind, String what) {
        return gone.contains(new Thing(kind, what));
    }

    boolean sourceBegun() {
        return sourceBegun != null;
    }

    /// Before the first thing of the source goes.
    void beginsSource() {
        if (sourceBegun != null) return;
        sourceBegun = clock.instant();
        records.running(purge, record(List.of(), null));
    }

    void went(Kind kind, String what, long bytes) {
        went(List.of(new Went(kind, what, bytes, clock.instant())));
    }

    void went(List<Went> things) {
        var before = gone.size();
        records.went(purge, before, things.stream().filter(this::isNew).toList());
    }

    /// What is left in the source, because it is not ours to remove or could not be.
    void leaves(List<String> things) {
        leftovers = shortened(things);
        if (!leftovers.isEmpty()) records.running(purge, record(leftovers, null));
    }

    void ends(@Nullable String failure) {
        records.finished(purge, record(failure == null ? leftovers : remains(), failure));
    }

    private boolean isNew(Went thing) {
        return gone.add(new Thing(thing.kind(), thing.what()));
    }

    private PurgeRecord record(List<String> remains, @Nullable String failure) {
        return new PurgeRecord(List.of(), sourceBegun, remains, failure);
    }

    private List<String> remains() {
        var remains = new ArrayList<String>();
        var steps = purge.plan().steps();
        if (steps.bucket() != null) remainsOfBucket(steps.bucket(), remains);
        if (steps.source() != null) remainsOfSource(steps.source(), remains);
        remains.addAll(leftovers);
        return shortened(remains.stream().distinct().toList());
    }

    private void remainsOfBucket(PurgePlan.BucketStep step, List<String> remains) {
        var left = step.objects().stream()
                .filter(object -> !has(Kind.OBJECT, object.key()))
                .toList();
        if (!left.isEmpty())
            remains.add(left.size() + " of " + step.objects().size() + " objects in " + step.address() + ", first "
                    + left.getFirst().key());
        step.uploads().stream()
                .filter(upload -> !has(Kind.UPLOAD, upload.uploadId()))
                .forEach(upload -> remains.add("an unfinished upload of " + upload.key()));
    }

    private void remainsOfSource(PurgePlan.SourceStep step, List<String> remains) {
        var torrent = step.torrent();
        if (torrent != null && !has(Kind.TORRENT, torrent.infoHash()))
            remains.add("the torrent '" + torrent.name() + "' in Transmission");
        if (step.files() && !has(Kind.DATA, step.path()))
            remains.add((sourceBegun() ? "some or all of the data at " : "the data at ") + step.path());
    }

    private static List<String> shortened(List<String> things) {
        if (things.size() <= MOST_NAMED) return List.copyOf(things);
        var first = new ArrayList<>(things.subList(0, MOST_NAMED));
        first.add("and " + (things.size() - MOST_NAMED) + " more");
        return first;
    }
}
