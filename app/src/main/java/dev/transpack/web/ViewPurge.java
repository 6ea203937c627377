package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobState;
import dev.transpack.purging.PurgeSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A purge as the pack's page shows it.
///
/// @param state a key under `purge.state`: `RUNNING`, `WAITING`, `DONE`, `PARTLY` or `FAILED`
/// @param freed bytes that are gone so far
/// @param remains what was to go and did not, and why it ended early
/// @param mayRetry whether it failed, waits or was cancelled
/// @param mayCancel whether it has not ended
public record ViewPurge(
        String state,
        String by,
        Instant requested,
        @Nullable Instant finished,
        boolean overridden,
        long freed,
        long went,
        List<String> remains,
        boolean mayRetry,
        boolean mayCancel) {
    private static final Set<JobState> AGAIN =
            EnumSet.of(JobState.WAITING, JobState.FAILED, JobState.CANCELLED, JobState.PARKED);

    static ViewPurge of(PurgeSummary purge, Optional<Job> job) {
        var problems = new ArrayList<>(purge.remains());
        if (purge.failure() != null) problems.addFirst(purge.failure());
        else job.map(Job::error).ifPresent(problems::addFirst);
        job.map(Job::waitsFor).ifPresent(problems::addFirst);
        return new ViewPurge(
                state(purge, job),
                purge.requestedBy(),
                purge.requested(),
                purge.finished(),
                purge.overridden(),
                purge.freed(),
                purge.went(),
                problems,
                job.filter(each -> AGAIN.contains(each.state())).isPresent(),
                job.filter(each -> !each.state().ended()).isPresent());
    }

    public ViewPurge {
        remains = List.copyOf(remains);
    }

    /// The tone of its badge.
    public String tone() {
        return switch (state) {
            case "RUNNING" -> "busy";
            case "DONE" -> "ok";
            case "FAILED" -> "bad";
            default -> "warn";
        };
    }

    /// A purge that is tried again has ended once: then its job says more.
    private static String state(PurgeSummary purge, Optional<Job> job) {
        if (job.filter(each -> each.state() == JobState.WAITING).isPresent()) return "WAITING";
        if (job.filter(each -> !each.state().ended()).isPresent() || purge.finished() == null) return "RUNNING";
        if (purge.failure() != null) return "FAILED";
        return purge.remains().isEmpty() ? "DONE" : "PARTLY";
    }
}
