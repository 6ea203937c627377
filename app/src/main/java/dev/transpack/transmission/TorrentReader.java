package dev.transpack.transmission;

import java.util.List;

/// Reads torrents out of answers, and knows which fields to ask for.
final class TorrentReader {
    static final List<String> FIELDS = List.of(
            "hash_string",
            "name",
            "status",
            "left_until_done",
            "total_size",
            "size_when_done",
            "done_date",
            "error",
            "error_string",
            "download_dir",
            "torrent_file",
            "labels",
            "upload_ratio",
            "uploaded_ever",
            "activity_date",
            "is_finished",
            "seed_ratio_limit",
            "seed_ratio_mode",
            "seed_idle_limit",
            "seed_idle_mode");

    private TorrentReader() {}

    static Torrent read(Answer torrent) {
        return new Torrent(
                new InfoHash(torrent.text("hash_string")),
                torrent.text("name"),
                progress(torrent),
                new Torrent.Place(torrent.text("download_dir"), torrent.text("torrent_file")),
                seeding(torrent),
                torrent.texts("labels"));
    }

    private static Torrent.Progress progress(Answer torrent) {
        var message = torrent.text("error_string");
        return new Torrent.Progress(
                TorrentStatus.of(torrent.whole("status")),
                torrent.whole("left_until_done"),
                torrent.whole("total_size"),
                torrent.whole("size_when_done"),
                torrent.instant("done_date"),
                torrent.whole("error") != 0 && message.isEmpty() ? "unnamed error" : message);
    }

    private static Seeding seeding(Answer torrent) {
        var lastActive = torrent.instant("activity_date");
        var since = lastActive == null ? torrent.instant("done_date") : lastActive;
        var seeding = TorrentStatus.of(torrent.whole("status")).isSeeding();
        return new Seeding(
                ratio(torrent),
                seeding ? since : null,
                torrent.flag("is_finished"),
                limit(torrent, "seed_ratio_mode", "seed_ratio_limit"),
                limit(torrent, "seed_idle_mode", "seed_idle_limit"));
    }

    /// Below zero stands for "nothing to divide by", as for data that was never downloaded: then by the size.
    private static double ratio(Answer torrent) {
        var told = torrent.fraction("upload_ratio");
        var size = torrent.fraction("size_when_done");
        return told >= 0 ? told : size > 0 ? torrent.fraction("uploaded_ever") / size : 0;
    }

    private static Seeding.Limit limit(Answer torrent, String mode, String value) {
        return new Seeding.Limit(Seeding.Mode.of(torrent.whole(mode)), torrent.fraction(value));
    }
}
