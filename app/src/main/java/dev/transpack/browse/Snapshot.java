package dev.transpack.browse;

import dev.transpack.transmission.Torrent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that one look showed.
record Snapshot(
        Instant at,
        Browse browse,
        BrowseOrders orders,
        Map<DownloadId, Located> byId,
        List<Torrent> torrents,
        @Nullable Path downloadDir) {

    /// The download folder itself for a folder below it, else that folder.
    Path folderAbove(Path root) {
        if (downloadDir == null) return root;
        try {
            var base = downloadDir.toRealPath();
            return root.startsWith(base) ? base : root;
        } catch (IOException e) {
            return root;
        }
    }
}
