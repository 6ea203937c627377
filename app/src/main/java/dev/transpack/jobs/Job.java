package dev.transpack.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job as its row says. Bytes and bytes a second are zero where a job has none.
///
/// @param waitsFor why no node works on it, one sentence; null when one does, or soon will
public record Job(
        String id,
        String kind,
        String subject,
        JobState state,
        boolean cancelRequested,
        int attempts,
        Progress progress,
        @Nullable String error,
        Turn turn,
        Times times,
        @Nullable String waitsFor) {

    /// What is done, of what, and how fast.
    public record Progress(long doneBytes, long totalBytes, long bytesPerSecond) {
        /// The time that is left at this rate, when that can be said.
        public Optional<Duration> eta() {
            if (bytesPerSecond <= 0 || totalBytes <= 0 || doneBytes > totalBytes) return Optional.empty();
            return Optional.of(Duration.ofSeconds(Math.ceilDiv(totalBytes - doneBytes, bytesPerSecond)));
        }
    }

    /// Who may do it, and before whom.
    ///
    /// @param root the download folder whose files it needs, as nodes call it; null when it needs none
    /// @param node the name of the one that took it last
    public record Turn(
            JobPriority priority,
            @Nullable String root,
            @Nullable String node) {}

    /// When it was asked for, begun, will be tried again, ended.
    public record Times(
            Instant created,
            @Nullable Instant started,
            @Nullable Instant nextAttempt,
            @Nullable Instant finished) {}

    Job waitsFor(@Nullable String sentence) {
        return new Job(id, kind, subject, state, cancelRequested, attempts, progress, error, turn, times, sentence);
    }
}
