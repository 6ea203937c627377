package dev.transpack.web;

import dev.transpack.jobs.Job;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How far a job is. Zero where it has no bytes to count.
///
/// @param etaSeconds the time that is left at this rate; null while that cannot be said
record ApiProgressView(
        long doneBytes,
        long totalBytes,
        long bytesPerSecond,
        @Nullable Long etaSeconds) {
    static ApiProgressView of(Job.Progress progress) {
        return new ApiProgressView(
                progress.doneBytes(),
                progress.totalBytes(),
                progress.bytesPerSecond(),
                progress.eta().map(Duration::toSeconds).orElse(null));
    }
}
