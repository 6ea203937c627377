package dev.transpack.web;

import dev.transpack.jobs.Job;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How far a running job is.
///
/// @param eta seconds that are left, when that can be said
public record ViewProgress(
        long done, long total, long rate, @Nullable Long eta) {
    static ViewProgress of(Job.Progress progress) {
        return new ViewProgress(
                progress.doneBytes(),
                progress.totalBytes(),
                progress.bytesPerSecond(),
                progress.eta().map(Duration::toSeconds).orElse(null));
    }

    /// How long that is still.
    public @Nullable Duration left() {
        return eta == null ? null : Duration.ofSeconds(eta);
    }
}
