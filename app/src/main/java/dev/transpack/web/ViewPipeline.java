package dev.transpack.web;

import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where something is on its way home, as six dots.
///
/// @param label the state in a word: a key under `state`
/// @param tone `busy`, `bad`, `ok` or nothing
public record ViewPipeline(List<Dot> dots, String label, String tone) {
    /// The steps in their order.
    public enum Step {
        DOWNLOADING,
        READY,
        SENDING,
        BUCKET,
        BOX,
        HOME,
        PURGED
    }

    /// One step: `done`, `now`, `wait` (the next thing somebody may do), `failed` or `todo`; when and by whom.
    public record Dot(
            Step step,
            String status,
            @Nullable Instant at,
            @Nullable String by) {}

    public ViewPipeline {
        dots = List.copyOf(dots);
    }

    static ViewPipeline of(Pack pack) {
        var times = pack.times();
        var dots = new ArrayList<Dot>();
        dots.add(new Dot(Step.DOWNLOADING, "done", null, null));
        dots.add(new Dot(Step.READY, "done", null, null));
        dots.add(new Dot(Step.SENDING, sending(pack.state(), times.sealed()), times.created(), times.createdBy()));
        dots.add(new Dot(
                pack.onBox() ? Step.BOX : Step.BUCKET, times.sealed() == null ? "todo" : "done", times.sealed(), null));
        dots.add(new Dot(Step.HOME, home(pack), times.home(), times.homeBy()));
        dots.add(purge(pack));
        return new ViewPipeline(dots, label(pack), tone(pack));
    }

    /// The same of a pack that rests.
    ViewPipeline paused() {
        return new ViewPipeline(dots, "PAUSED", "");
    }

    /// Where something is that has no pack yet.
    enum Before {
        READY("done", "wait", ""),
        DOWNLOADING("now", "todo", "busy"),
        CHECKING("now", "todo", "busy"),
        MISSING("failed", "todo", "bad"),
        UNREADABLE("done", "failed", "bad"),
        UNCONFIRMED("done", "todo", "");

        private final String downloading;
        private final String ready;
        private final String tone;

        Before(String downloading, String ready, String tone) {
            this.downloading = downloading;
            this.ready = ready;
            this.tone = tone;
        }
    }

    static ViewPipeline before(Before where, @Nullable Instant doneAt) {
        var dots = new ArrayList<Dot>();
        dots.add(new Dot(Step.DOWNLOADING, where.downloading, doneAt, null));
        dots.add(new Dot(Step.READY, where.ready, doneAt, null));
        for (var step : List.of(Step.SENDING, Step.BUCKET, Step.HOME, Step.PURGED))
            dots.add(new Dot(step, "todo", null, null));
        return new ViewPipeline(dots, where == Before.READY ? "WAITING" : where.name(), where.tone);
    }

    private static String sending(PackState state, @Nullable Instant sealed) {
        return switch (state) {
            case QUEUED, SENDING -> "now";
            case PLANNED -> "wait";
            case READY -> "done";
            case FAILED -> "failed";
            case CANCELLED -> "todo";
            case PURGED -> sealed == null ? "todo" : "done";
        };
    }

    private static String home(Pack pack) {
        if (pack.times().home() != null) return "done";
        return pack.state() == PackState.READY ? "wait" : "todo";
    }

    private static Dot purge(Pack pack) {
        var times = pack.times();
        var last = times.bucketPurged() == null ? times.sourcePurged() : times.bucketPurged();
        if (last != null) return new Dot(Step.PURGED, "done", last, null);
        var next = pack.state() == PackState.READY && times.home() != null;
        return new Dot(Step.PURGED, next ? "wait" : "todo", null, null);
    }

    private static String label(Pack pack) {
        if (pack.state() != PackState.READY) return pack.state().name();
        if (pack.onBox() && pack.error() != null) return "BROKEN";
        if (pack.damage() != null) return "DAMAGED";
        if (pack.times().sourcePurged() != null && !pack.onBox()) return "SOURCE_PURGED";
        if (pack.times().home() != null) return "HOME";
        return pack.onBox() ? "ON_BOX" : "READY";
    }

    private static String tone(Pack pack) {
        return switch (pack.state()) {
            case QUEUED, SENDING -> "busy";
            case FAILED -> "bad";
            case READY -> pack.error() == null && pack.damage() == null ? "ok" : "bad";
            case PLANNED, CANCELLED, PURGED -> "";
        };
    }
}
