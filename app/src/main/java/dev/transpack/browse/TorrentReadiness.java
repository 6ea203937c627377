package dev.transpack.browse;

import dev.transpack.settings.Figures;
import dev.transpack.transmission.Torrent;
import java.util.Optional;

/// What a torrent's state alone says against packing its data.
final class TorrentReadiness {
    private TorrentReadiness() {}

    /// Empty when the torrent is done.
    static Optional<Readiness> of(Torrent torrent) {
        var progress = torrent.progress();
        if (progress.status().isChecking())
            return Optional.of(new Readiness.Checking("Transmission is checking it: wait until it is through"));
        if (torrent.done()) return Optional.empty();
        var fraction = progress.fraction();
        if (progress.totalSize() == 0)
            return Optional.of(new Readiness.Downloading(0, "Transmission does not know yet what is in it"));
        if (progress.left() > 0)
            return Optional.of(new Readiness.Downloading(
                    fraction, "Transmission has " + Figures.percent((long) (fraction * 1000), 1000) + " of it"));
        return Optional.of(
                new Readiness.Downloading(fraction, "Transmission has not confirmed it as complete: start it there"));
    }
}
