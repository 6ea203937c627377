package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.packing.LeftOut;
import dev.transpack.packing.Pack;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A pack as the API shows it.
///
/// @param leftOut how much of the download is not in it
/// @param warnings how many names will not arrive everywhere as they are: `/packs/{id}/warnings` says which
/// @param grade `strong` or `sampled`, once it is ready
/// @param damage what is wrong with it and what to do, as its last verification found; null when that found nothing
/// @param verified the last verification that ended; null before
/// @param verification the one that was asked for last, whatever became of it; null before
/// @param progress of the job that sends it; null when none does
record ApiPackView(
        String id,
        String name,
        String state,
        @Nullable String error,
        Origin download,
        String destination,
        long sourceBytes,
        long totalBytes,
        long files,
        LeftOut leftOut,
        long warnings,
        @Nullable String grade,
        @Nullable String damage,
        @Nullable Verified verified,
        @Nullable Verification verification,
        @Nullable Progress progress,
        String createdBy,
        Instant createdAt,
        @Nullable Instant sealedAt,
        @Nullable Instant homeAt,
        @Nullable String homeBy,
        @Nullable Instant sourcePurgedAt,
        @Nullable Instant bucketPurgedAt) {

    /// Which download it was made of.
    record Origin(String id, String name, boolean torrent) {}

    /// How far it is.
    ///
    /// @param job what works on it: `send-pack`
    /// @param priority `high`, `normal` or `low`
    /// @param node the name of the one that took it last
    /// @param waitingFor why nobody works on it: no node sees its files, or it is tried again at `nextAttemptAt`
    record Progress(
            String job,
            String state,
            String priority,
            @Nullable String node,
            long bytesUploaded,
            long bytesTotal,
            long bytesPerSecond,
            @Nullable Long etaSeconds,
            long partsDone,
            long partsTotal,
            @Nullable String waitingFor,
            @Nullable Instant nextAttemptAt) {}

    /// What a verification found.
    ///
    /// @param how `full` or `quick`
    /// @param found what is wrong; null when everything is as it was sealed
    record Verified(
            Instant at, String how, String by, @Nullable String found) {
        static @Nullable Verified of(Pack pack) {
            var last = pack.verified();
            return last == null ? null : new Verified(last.at(), ApiWords.of(last.how()), last.by(), last.damage());
        }
    }

    /// The job of a verification.
    ///
    /// @param error why it could not be finished, or had to be tried again
    /// @param waitingFor as of [Progress]
    record Verification(
            String job,
            String state,
            long bytesRead,
            long bytesTotal,
            long bytesPerSecond,
            @Nullable Long etaSeconds,
            @Nullable String error,
            @Nullable String waitingFor,
            @Nullable Instant nextAttemptAt) {
        static Verification of(Job job) {
            var progress = job.progress();
            return new Verification(
                    job.id(),
                    ApiWords.of(job.state()),
                    progress.doneBytes(),
                    progress.totalBytes(),
                    progress.bytesPerSecond(),
                    progress.eta().map(Duration::toSeconds).orElse(null),
                    job.error(),
                    whyNobody(job),
                    nextAttempt(job));
        }
    }

    /// Why nobody works on it.
    static @Nullable String whyNobody(Job job) {
        if (job.waitsFor() != null) return job.waitsFor();
        return job.times().nextAttempt() == null ? null : job.error();
    }

    /// When it is tried again; null also when no node could.
    static @Nullable Instant nextAttempt(Job job) {
        return job.waitsFor() == null ? job.times().nextAttempt() : null;
    }

    static ApiPackView of(Pack pack, @Nullable Verification verification, @Nullable Progress progress) {
        var times = pack.times();
        return new ApiPackView(
                pack.id(),
                pack.name(),
                ApiWords.of(pack.state()),
                pack.error(),
                new Origin(
                        pack.origin().downloadId(),
                        pack.origin().downloadName(),
                        pack.origin().infoHash() != null),
                pack.destination(),
                pack.contents().sourceBytes(),
                pack.contents().totalBytes(),
                pack.contents().files(),
                pack.contents().leftOut(),
                pack.contents().warnings(),
                pack.grade() == null ? null : ApiWords.of(pack.grade()),
                pack.damage(),
                Verified.of(pack),
                verification,
                progress,
                times.createdBy(),
                times.created(),
                times.sealed(),
                times.home(),
                times.homeBy(),
                times.sourcePurged(),
                times.bucketPurged());
    }
}
