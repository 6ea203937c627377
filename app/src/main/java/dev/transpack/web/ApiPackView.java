package dev.transpack.web;

import dev.transpack.packing.LeftOut;
import dev.transpack.packing.Pack;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A pack as the API shows it.
///
/// @param leftOut how much of the download is not in it
/// @param warnings how many names will not arrive everywhere as they are: `/packs/{id}/warnings` says which
/// @param grade `strong` or `sampled`, once it is ready
/// @param progress of the job that works on it; null when none does
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
    /// @param job what works on it: `send-pack`, `purge-pack`
    /// @param waitingFor why the job has to be tried again, at `nextAttemptAt`
    record Progress(
            String job,
            String state,
            long bytesUploaded,
            long bytesTotal,
            long bytesPerSecond,
            @Nullable Long etaSeconds,
            long partsDone,
            long partsTotal,
            @Nullable String waitingFor,
            @Nullable Instant nextAttemptAt) {}

    static ApiPackView of(Pack pack, @Nullable Progress progress) {
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
