package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.purging.Purge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A purge as the pack's page shows it.
///
/// @param state a key under `purge.state`: `RUNNING`, `WAITING`, `DONE`, `PARTLY` or `FAILED`
/// @param freed bytes that are gone so far
/// @param remains what was to go and did not, and why it ended early
public record ViewPurge(
        String state,
        String by,
        Instant requested,
        @Nullable Instant finished,
        boolean overridden,
        long freed,
        int went,
        List<String> remains) {
    static ViewPurge of(Purge purge, Optional<Job> job) {
        var record = purge.record();
        var problems = new ArrayList<>(record.remains());
        if (record.failure() != null) problems.addFirst(record.failure());
        else job.map(Job::error).ifPresent(problems::addFirst);
        return new ViewPurge(
                state(purge, job),
                purge.requestedBy(),
                purge.requested(),
                purge.finished(),
                purge.overridden(),
                record.went().stream().mapToLong(went -> went.bytes()).sum(),
                record.went().size(),
                problems);
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

    private static String state(Purge purge, Optional<Job> job) {
        if (purge.finished() == null)
            return job.filter(each -> each.times().nextAttempt() != null).isPresent() ? "WAITING" : "RUNNING";
        if (purge.record().failure() != null) return "FAILED";
        return purge.record().remains().isEmpty() ? "DONE" : "PARTLY";
    }
}
