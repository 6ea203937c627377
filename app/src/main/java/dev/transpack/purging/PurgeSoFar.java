package dev.transpack.purging;

import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRecord.Went;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a purge: what went, and so what remains of its plan. Writes nothing.
final class PurgeSoFar {
    private static final int MOST_NAMED = 100;

    private record Thing(Kind kind, String what) {}

    private final PurgePlan plan;
    private final Set<Thing> gone = new HashSet<>();
    private @Nullable Instant sourceBegun;
    private List<String> leftovers;

    PurgeSoFar(Purge purge) {
        this.plan = purge.plan();
        this.sourceBegun = purge.record().sourceBegun();
        this.leftovers = purge.record().remains();
        purge.record().went().forEach(this::isNew);
    }

    boolean has(Kind kind, String what) {
        return gone.contains(new Thing(kind, what));
    }

    boolean sourceBegun() {
        return sourceBegun != null;
    }

    void beginsSource(Instant now) {
        sourceBegun = now;
    }

    /// Notes it; false when it was noted already.
    boolean isNew(Went thing) {
        return gone.add(new Thing(thing.kind(), thing.what()));
    }

    void leaves(List<String> things) {
        leftovers = shortened(things);
    }

    /// While it is under way.
    PurgeRecord underWay() {
        return record(leftovers, null);
    }

    /// When it has ended.
    PurgeRecord ended(@Nullable String failure) {
        return record(failure == null ? leftovers : remains(), failure);
    }

    private PurgeRecord record(List<String> remains, @Nullable String failure) {
        return new PurgeRecord(List.of(), sourceBegun, remains, failure);
    }

    private List<String> remains() {
        var remains = new ArrayList<String>();
        var steps = plan.steps();
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
