package dev.transpack.web;

import dev.transpack.jobs.Job;
import org.jspecify.annotations.Nullable;

/// A job as the list shows it.
///
/// @param name of the pack it works on, when that is known; `pack` its id
public record ViewJob(
        Job job, @Nullable String name, @Nullable String pack) {
    /// The tone of its badge.
    public String tone() {
        return switch (job.state()) {
            case RUNNING -> "busy";
            case DONE -> "ok";
            case FAILED -> "bad";
            case WAITING, PARKED -> "warn";
            case QUEUED, PAUSED, CANCELLED -> "";
        };
    }

    public ViewProgress progress() {
        return ViewProgress.of(job.progress());
    }

    /// Changes when more than numbers change.
    public String revision() {
        return revision(job);
    }

    static String revision(Job job) {
        return job.state()
                + (job.error() == null ? "" : "!")
                + (job.waitsFor() == null ? "" : "~")
                + job.turn().priority().name().charAt(0);
    }
}
