package dev.transpack.browse;

import dev.transpack.transmission.InfoHash;
import dev.transpack.transmission.Torrent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One entry of a download folder: the data of a torrent (seldom of several), or loose files. It carries no path;
/// only [Downloads#locate] gives one.
///
/// @param name as it is on the disk, made printable
/// @param torrents that claim this entry; empty for loose files
public record Download(
        DownloadId id, String name, Kind kind, Content content, Readiness readiness, List<Torrent> torrents) {

    /// What lies on the disk.
    public enum Kind {
        FOLDER,
        FILE,
        /// Neither, or nothing at all (yet).
        OTHER
    }

    /// How much it is. Bytes and files are below zero while nobody has counted them.
    public record Content(long bytes, long files, @Nullable Instant changedAt) {
        public static final long UNKNOWN = -1;

        /// The bytes, or nothing while they are unknown: for adding up.
        public long countableBytes() {
            return Math.max(0, bytes);
        }
    }

    public Download {
        torrents = List.copyOf(torrents);
    }

    /// The torrent it belongs to; the first if several claim it.
    public Optional<Torrent> torrent() {
        return torrents.stream().findFirst();
    }

    /// The info hash of its torrent; none for loose files.
    public Optional<String> infoHash() {
        return torrent().map(torrent -> torrent.hash().value());
    }

    /// When it was complete: by Transmission's word, else when it was last changed.
    public Optional<Instant> doneAt() {
        Instant latest = null;
        for (var torrent : torrents) {
            var done = torrent.progress().doneAt();
            if (latest == null || (done != null && done.isAfter(latest))) latest = done;
        }
        return Optional.ofNullable(latest == null ? content.changedAt : latest);
    }

    /// The ratio of its torrent; zero for loose files.
    public double ratio() {
        return torrent().map(torrent -> torrent.seeding().ratio()).orElse(0.0);
    }

    /// From 0 to 1: how much of it is here.
    public double fraction() {
        return torrents.stream()
                .mapToDouble(torrent -> torrent.progress().fraction())
                .min()
                .orElse(1);
    }

    /// Whether others are getting it from here.
    public boolean seeding() {
        for (var torrent : torrents) if (torrent.progress().status().isSeeding()) return true;
        return false;
    }

    /// The labels of all its torrents.
    public List<String> labels() {
        return torrents.stream()
                .flatMap(torrent -> torrent.labels().stream())
                .distinct()
                .toList();
    }

    /// Whether a torrent claims it.
    public boolean belongsTo(InfoHash hash) {
        return torrents.stream().anyMatch(torrent -> torrent.hash().equals(hash));
    }
}
