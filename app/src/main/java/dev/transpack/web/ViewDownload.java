package dev.transpack.web;

import dev.transpack.browse.Download;
import dev.transpack.browse.Readiness;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A download as Browse shows it.
///
/// @param pack its newest pack, unless that was cancelled or is purged
/// @param percent how much of it is here while it downloads; null otherwise
/// @param reason why it cannot be sent; empty when it can
public record ViewDownload(
        Download download,
        @Nullable ViewPack pack,
        ViewPipeline pipeline,
        @Nullable ViewProgress percent,
        String reason) {

    static ViewDownload of(Download download, @Nullable ViewPack pack) {
        var readiness = download.readiness();
        return new ViewDownload(
                download,
                pack,
                pack == null ? before(download) : pack.pipeline(),
                pack == null && readiness instanceof Readiness.Downloading downloading
                        ? new ViewProgress(Math.round(downloading.fraction() * 1000), 1000, 0, null)
                        : null,
                readiness.reason());
    }

    /// Whether a pack of it still says more than the download itself.
    static boolean speaks(Pack pack) {
        return pack.state() != PackState.CANCELLED && pack.state() != PackState.PURGED;
    }

    public String id() {
        return download.id().value();
    }

    public String name() {
        return download.name();
    }

    public boolean folder() {
        return download.kind() == Download.Kind.FOLDER;
    }

    public long bytes() {
        return download.content().bytes();
    }

    public long files() {
        return download.content().files();
    }

    public List<String> labels() {
        return download.labels();
    }

    public @Nullable Instant doneAt() {
        return download.doneAt().orElse(null);
    }

    /// Whether it came by a torrent.
    public boolean torrent() {
        return download.torrent().isPresent();
    }

    /// What its pack's row, or its own, is called by whoever tells of changes.
    public String live() {
        return pack == null ? "" : "pack:" + pack.id();
    }

    public String revision() {
        return pack == null ? "" : pack.revision();
    }

    /// The one thing that leads on, a key under `action`; nothing while there is none.
    public String next() {
        if (pack != null) return pack.can().next();
        return download.readiness().ready() ? "send" : "";
    }

    private static ViewPipeline before(Download download) {
        var doneAt = download.doneAt().orElse(null);
        return switch (download.readiness()) {
            case Readiness.Ready _ -> ViewPipeline.before(ViewPipeline.Before.READY, doneAt);
            case Readiness.Downloading _ -> ViewPipeline.before(ViewPipeline.Before.DOWNLOADING, null);
            case Readiness.Checking _ -> ViewPipeline.before(ViewPipeline.Before.CHECKING, null);
            case Readiness.Missing _ -> ViewPipeline.before(ViewPipeline.Before.MISSING, null);
            case Readiness.Unreadable _ -> ViewPipeline.before(ViewPipeline.Before.UNREADABLE, doneAt);
            case Readiness.Unconfirmed _ -> ViewPipeline.before(ViewPipeline.Before.UNCONFIRMED, doneAt);
        };
    }
}
