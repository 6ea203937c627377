package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobState;
import dev.transpack.packing.Pack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that happened to a pack.
///
/// @param what a key under `moment`
public record ViewMoment(
        String what, @Nullable Instant at, @Nullable String by, String tone) {

    private static final ViewMoment PAUSED = new ViewMoment("paused", null, null, "todo");

    /// Everything that happened so far, in its order, and what happens now.
    static List<ViewMoment> of(Pack pack, @Nullable Job job) {
        var times = pack.times();
        var moments = new ArrayList<ViewMoment>();
        moments.add(new ViewMoment("asked", times.created(), times.createdBy(), ""));
        if (job != null && job.times().started() != null && times.sealed() == null)
            moments.add(new ViewMoment("started", job.times().started(), null, ""));
        add(moments, pack.onBox() ? "served" : "sealed", times.sealed(), null);
        add(moments, "home", times.home(), times.homeBy());
        add(moments, "sourcePurged", times.sourcePurged(), null);
        add(moments, pack.onBox() ? "servedNoMore" : "bucketPurged", times.bucketPurged(), null);
        switch (pack.state()) {
            case SENDING -> moments.add(isPaused(job) ? PAUSED : new ViewMoment("sending", null, null, "busy"));
            case QUEUED -> moments.add(isPaused(job) ? PAUSED : new ViewMoment("queued", null, null, "todo"));
            case PLANNED -> moments.add(new ViewMoment("planned", null, null, "todo"));
            case FAILED -> moments.add(new ViewMoment("failed", ended(job), null, "bad"));
            case CANCELLED -> moments.add(new ViewMoment("cancelled", ended(job), null, "todo"));
            case READY, PURGED -> {}
        }
        return moments;
    }

    private static void add(List<ViewMoment> moments, String what, @Nullable Instant at, @Nullable String by) {
        if (at != null) moments.add(new ViewMoment(what, at, by, ""));
    }

    private static boolean isPaused(@Nullable Job job) {
        return job != null && job.state() == JobState.PAUSED;
    }

    private static @Nullable Instant ended(@Nullable Job job) {
        return job == null ? null : job.times().finished();
    }
}
