package dev.transpack.purging;

import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRecord.Went;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The record of a purge under way; every change is a committed row when its method returns.
final class PurgeProgress {
    private final Purge purge;
    private final PurgeRecords records;
    private final InstantSource clock;
    private PurgeRecord record;
    private List<String> leftovers = List.of();

    PurgeProgress(Purge purge, PurgeRecords records, InstantSource clock) {
        this.purge = purge;
        this.records = records;
        this.clock = clock;
        this.record = purge.record().ended(List.of(), null);
    }

    /// Says that it is under way, for the first time or again.
    void starts() {
        records.running(purge, record);
    }

    boolean has(Kind kind, String what) {
        return record.has(kind, what);
    }

    boolean sourceBegun() {
        return record.sourceBegun() != null;
    }

    /// Before the first thing of the source goes.
    void beginsSource() {
        record = record.begun(clock.instant());
        records.running(purge, record);
    }

    void went(Kind kind, String what, long bytes) {
        went(List.of(new Went(kind, what, bytes, clock.instant())));
    }

    void went(List<Went> gone) {
        record = record.with(gone);
        records.running(purge, record);
    }

    /// What is left in the source, because it is not ours to remove.
    void leaves(List<String> things) {
        leftovers = List.copyOf(things);
    }

    void ends(@Nullable String failure) {
        record = record.ended(failure == null ? leftovers : remains(), failure);
        records.finished(purge, record);
    }

    private List<String> remains() {
        var remains = new ArrayList<String>();
        var steps = purge.plan().steps();
        if (steps.bucket() != null) remainsOfBucket(steps.bucket(), remains);
        if (steps.source() != null) remainsOfSource(steps.source(), remains);
        return remains;
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
}
