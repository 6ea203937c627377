package dev.transpack.browse;

import dev.transpack.transmission.Transmission;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Looks once: asks Transmission, lists the folders, and puts both together. Walks no tree.
final class Lister {
    private static final String NO_FOLDER = "No download folder is known: set downloads.dir.";

    private final BrowseSettings settings;
    private final Transmission transmission;
    private final TorrentNames names;
    private final SizeMeasurer sizes;
    private final InstantSource clock;

    Lister(BrowseSettings settings, Transmission transmission, SizeMeasurer sizes, InstantSource clock) {
        this.settings = settings;
        this.transmission = transmission;
        this.names = new TorrentNames(transmission);
        this.sizes = sizes;
        this.clock = clock;
    }

    /// @param before what the last look showed: without Transmission its download folder is still the one
    Snapshot look(@Nullable Snapshot before) {
        var told = Told.by(transmission);
        var folder = folder(told, before == null ? null : before.downloadDir());
        var roots = new Roots(settings, folder);
        var claims = Claims.of(told.torrents(), roots, names);
        var rows = new Rows(roots, claims, sizes, told, incompleteDir(told)).all();
        var notices = new ArrayList<String>();
        if (told.problem() != null) notices.add(told.problem());
        if (folder == null) notices.add(NO_FOLDER);
        notices.addAll(roots.notices());
        var downloads = rows.values().stream().map(Located::download).toList();
        var browse = new Browse(downloads, notices);
        return new Snapshot(clock.instant(), browse, new BrowseOrders(downloads), rows, told.torrents(), folder);
    }

    private @Nullable Path folder(Told told, @Nullable Path before) {
        if (settings.dir() != null) return settings.dir();
        var session = told.session();
        return session == null
                ? before
                : settings.pathMap().toLocal(session.downloadDir()).orElse(before);
    }

    private @Nullable Path incompleteDir(Told told) {
        var session = told.session();
        if (session == null || session.incompleteDir().isEmpty()) return null;
        return settings.pathMap()
                .toLocal(session.incompleteDir())
                .map(Lister::real)
                .orElse(null);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
