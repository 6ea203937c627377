package dev.transpack.transmission;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One torrent as the daemon tells it. The name is *not* a name on disk: daemons replace and mangle characters, so
/// it is shown and compared, never made into a path.
public record Torrent(
        InfoHash hash, String name, Progress progress, Place place, Seeding seeding, List<String> labels) {

    public Torrent {
        labels = List.copyOf(labels);
    }

    /// Whether everything that is wanted is on the disk. A fraction of 1 alone does not mean that: it is reported
    /// while empty files are still to be made.
    public boolean done() {
        return progress.left == 0
                && progress.totalSize > 0
                && (progress.status.isSeeding() || (progress.doneAt != null && !progress.status.isChecking()));
    }

    /// How far it is. `sizeWhenDone` leaves out the files that are not wanted; `error` is empty when all is well.
    public record Progress(
            TorrentStatus status,
            long left,
            long totalSize,
            long sizeWhenDone,
            @Nullable Instant doneAt,
            String error) {

        /// From 0 to 1, of what is wanted.
        public double fraction() {
            return sizeWhenDone == 0 ? 0 : Math.clamp((double) (sizeWhenDone - left) / sizeWhenDone, 0, 1);
        }
    }

    /// Where the daemon keeps it: both are names in the daemon's file system, not necessarily in ours.
    public record Place(String downloadDir, String torrentFile) {}
}
