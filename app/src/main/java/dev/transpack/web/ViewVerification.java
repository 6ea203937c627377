package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobState;
import dev.transpack.packing.Pack;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a ready pack's page shows of its verification.
///
/// @param last the one that ended; null before
/// @param job of the one that was asked for last; null before
public record ViewVerification(
        Pack.@Nullable Verified last, @Nullable Job job) {

    static ViewVerification of(Pack pack, Optional<Job> newest) {
        return new ViewVerification(pack.verified(), newest.orElse(null));
    }

    /// The state in a word: a key under `verify.state`.
    public String state() {
        if (job != null && job.state() != JobState.DONE) return job.state().ended() ? "UNFINISHED" : "RUNNING";
        if (last == null) return "NEVER";
        return last.damage() == null ? "GOOD" : "DAMAGED";
    }

    /// The tone of its badge.
    public String tone() {
        return switch (state()) {
            case "RUNNING" -> "busy";
            case "GOOD" -> "ok";
            case "DAMAGED" -> "bad";
            case "UNFINISHED" -> "warn";
            default -> "";
        };
    }

    public boolean running() {
        return state().equals("RUNNING");
    }

    /// How far it is; null when none is under way.
    public @Nullable ViewProgress progress() {
        return job == null || !running() ? null : ViewProgress.of(job.progress());
    }

    /// Why it was not finished, why nobody works on it, or why it has to be tried again.
    public @Nullable String error() {
        if (job == null || job.state() == JobState.DONE) return null;
        return job.waitsFor() == null ? job.error() : job.waitsFor();
    }

    /// What the page follows it by; null when there is nothing to follow.
    public @Nullable String live() {
        return job == null ? null : "job:" + job.id();
    }

    /// Changes when more than numbers change.
    public @Nullable String revision() {
        return job == null ? null : ViewJob.revision(job);
    }
}
