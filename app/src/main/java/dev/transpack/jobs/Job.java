package dev.transpack.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job as its row says. Bytes and bytes a second are zero where a job has none.
public record Job(
        String id,
        String kind,
        String subject,
        JobState state,
        boolean cancelRequested,
        int attempts,
        Progress progress,
        @Nullable String error,
        Times times) {

    /// What is done, of what, and how fast.
    public record Progress(long doneBytes, long totalBytes, long bytesPerSecond) {
        /// The time that is left at this rate, when that can be said.
        public Optional<Duration> eta() {
            if (bytesPerSecond <= 0 || totalBytes <= 0 || doneBytes > totalBytes) return Optional.empty();
            return Optional.of(Duration.ofSeconds(Math.ceilDiv(totalBytes - doneBytes, bytesPerSecond)));
        }
    }

    /// When it was asked for, begun, will be tried again, ended.
    public record Times(
            Instant created,
            @Nullable Instant started,
            @Nullable Instant nextAttempt,
            @Nullable Instant finished) {}
}
