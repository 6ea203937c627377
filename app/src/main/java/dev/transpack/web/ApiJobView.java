package dev.transpack.web;

import dev.transpack.jobs.Job;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job as the API shows it.
///
/// @param subject the id of what it works on, mostly a pack
/// @param pack the name of its pack; null when it has none
/// @param priority `high`, `normal` or `low`
/// @param node the name of the one that took it last
/// @param waitsFor why no node works on it; null when one does or soon will
record ApiJobView(
        String id,
        String kind,
        String subject,
        @Nullable String pack,
        String state,
        boolean cancelRequested,
        String priority,
        @Nullable String node,
        @Nullable String waitsFor,
        int attempts,
        ApiProgressView progress,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant finishedAt) {

    static ApiJobView of(Job job, @Nullable String pack) {
        return new ApiJobView(
                job.id(),
                job.kind(),
                job.subject(),
                pack,
                ApiWords.of(job.state()),
                job.cancelRequested(),
                ApiWords.of(job.turn().priority()),
                job.turn().node(),
                job.waitsFor(),
                job.attempts(),
                ApiProgressView.of(job.progress()),
                job.error(),
                job.times().created(),
                job.times().started(),
                job.times().nextAttempt(),
                job.times().finished());
    }
}
