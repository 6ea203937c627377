package dev.transpack.web;

import dev.transpack.browse.Readiness;
import dev.transpack.packing.Pack;
import org.jspecify.annotations.Nullable;

/// Where a download is on its way home, as one word: what the filters of Browse count.
public enum ViewStage {
    READY,
    DOWNLOADING,
    SENDING,
    BUCKET,
    HOME,
    FAILED;

    /// @param pack the newest one of the download, if there is one
    static ViewStage of(Readiness readiness, @Nullable Pack pack) {
        if (pack != null) {
            switch (pack.state()) {
                case QUEUED, PLANNED, SENDING -> {
                    return SENDING;
                }
                case READY -> {
                    if (pack.damage() != null) return FAILED;
                    return pack.times().home() == null ? BUCKET : HOME;
                }
                case FAILED -> {
                    return FAILED;
                }
                case CANCELLED, PURGED -> {}
            }
        }
        return switch (readiness) {
            case Readiness.Ready _ -> READY;
            case Readiness.Downloading _, Readiness.Checking _ -> DOWNLOADING;
            case Readiness.Missing _, Readiness.Unreadable _, Readiness.Unconfirmed _ -> FAILED;
        };
    }
}
