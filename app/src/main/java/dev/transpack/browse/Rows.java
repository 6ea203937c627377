package dev.transpack.browse;

import dev.transpack.browse.Claims.Absent;
import dev.transpack.browse.Download.Content;
import dev.transpack.browse.Download.Kind;
import dev.transpack.browse.Roots.Root;
import dev.transpack.transmission.Torrent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes downloads of entries and torrents, each with its readiness.
final class Rows {
    private static final String PARTIAL = ".part";
    private static final String NOWHERE = "/";

    private final Map<DownloadId, Located> rows = new LinkedHashMap<>();
    private final Roots roots;
    private final Claims claims;
    private final SizeMeasurer sizes;
    private final Told told;
    private final @Nullable Path incompleteDir;

    Rows(Roots roots, Claims claims, SizeMeasurer sizes, Told told, @Nullable Path incompleteDir) {
        this.roots = roots;
        this.claims = claims;
        this.sizes = sizes;
        this.told = told;
        this.incompleteDir = incompleteDir;
    }

    Map<DownloadId, Located> all() {
        for (var root : roots.all()) for (var entry : root.entries()) addEntry(root, entry);
        for (var torrent : claims.absent()) addAbsent(torrent);
        return rows;
    }

    private void addEntry(Root root, DiskEntry entry) {
        var claim = claims.on(entry);
        if (claim.isEmpty() && !shownLoose(root, entry)) return;
        var torrents = claim.map(Claims.Claim::torrents).orElse(List.of());
        var readiness = claim.filter(Claims.Claim::inDoubt).isPresent()
                ? new Readiness.Unconfirmed("its torrent fits several entries of the folder: rename the others")
                : readiness(entry, torrents);
        var content = content(root, entry, torrents, readiness);
        var download =
                new Download(id(root, entry, torrents), entry.text(), entry.kind(), content, readiness, torrents);
        rows.put(download.id(), new Located(download, root.folder(), entry));
    }

    private boolean shownLoose(Root root, DiskEntry entry) {
        return root.looseToo()
                && !roots.isRoot(entry.leadsTo())
                && !entry.leadsTo().equals(incompleteDir)
                && !claims.coversPath(root.folder().path());
    }

    /// A file that is still called `.part` becomes the one without: it is the same download.
    private static DownloadId id(Root root, DiskEntry entry, List<Torrent> torrents) {
        var name = entry.text();
        if (torrents.isEmpty() || !name.endsWith(PARTIAL))
            return DownloadId.of(root.identity(), entry.name().bytes());
        return DownloadId.of(root.identity(), name.substring(0, name.length() - PARTIAL.length()));
    }

    private void addAbsent(Absent absent) {
        var torrent = absent.torrent();
        var folder = absent.root().map(Root::identity).orElse(NOWHERE);
        var name = DaemonNames.onDisk(torrent.name());
        var byName = DownloadId.of(folder, name);
        var id = absent.root().isEmpty() || seen(byName)
                ? DownloadId.of(folder, torrent.hash().value())
                : byName;
        var readiness = TorrentReadiness.of(torrent).orElseGet(() -> missing(absent));
        var content = new Content(torrent.progress().sizeWhenDone(), Content.UNKNOWN, null);
        var download = new Download(id, torrent.name(), Kind.OTHER, content, readiness, List.of(torrent));
        rows.merge(id, new Located(download, null, null), Rows::sameName);
    }

    private boolean seen(DownloadId id) {
        var row = rows.get(id);
        return row != null && row.entry() != null;
    }

    private static Located sameName(Located one, Located other) {
        var torrents = new ArrayList<>(one.download().torrents());
        torrents.addAll(other.download().torrents());
        var first = one.download();
        return new Located(
                new Download(first.id(), first.name(), first.kind(), first.content(), first.readiness(), torrents),
                null,
                null);
    }

    private static Readiness missing(Absent absent) {
        var folder = absent.torrent().place().downloadDir();
        return new Readiness.Missing(
                absent.root().isPresent()
                        ? "its data is not in " + folder + ": somebody moved or deleted it"
                        : "its folder " + folder
                                + " is not in the download folder: set downloads.path-map if it has another name here");
    }

    private Readiness readiness(DiskEntry entry, List<Torrent> torrents) {
        for (var torrent : torrents) {
            var unfinished = TorrentReadiness.of(torrent);
            if (unfinished.isPresent()) return unfinished.get();
        }
        if (entry.problem() != null) return new Readiness.Unreadable(entry.problem());
        if (!torrents.isEmpty()) return new Readiness.Ready();
        return looseReadiness(entry);
    }

    private Readiness looseReadiness(DiskEntry entry) {
        if (told.unconfirmed() != null) return new Readiness.Unconfirmed(told.unconfirmed());
        if (entry.text().endsWith(PARTIAL))
            return new Readiness.Unconfirmed(
                    "its name ends in .part, as unfinished files do: rename it if it is whole");
        if (incompleteDir != null && incompleteDir.startsWith(entry.leadsTo()))
            return new Readiness.Unconfirmed("Transmission keeps unfinished downloads in it");
        return linkReadiness(entry);
    }

    /// A link to another download is as ready as that one.
    private Readiness linkReadiness(DiskEntry entry) {
        if (entry.path().equals(entry.leadsTo())) return new Readiness.Ready();
        for (var root : roots.all())
            for (var other : root.entries())
                if (entry.leadsTo().startsWith(other.path()) && claims.on(other).isPresent())
                    return readiness(other, claims.on(other).get().torrents());
        return new Readiness.Ready();
    }

    private Content content(Root root, DiskEntry entry, List<Torrent> torrents, Readiness readiness) {
        var facts = entry.facts();
        if (entry.kind() == Kind.FILE && torrents.isEmpty()) return new Content(facts.bytes(), 1, facts.changedAt());
        var wanted = torrents.size() == 1 ? torrents.getFirst().progress().sizeWhenDone() : Content.UNKNOWN;
        if (entry.kind() != Kind.FOLDER) {
            var bytes = wanted == Content.UNKNOWN ? facts.bytes() : wanted;
            return new Content(bytes, 1, facts.changedAt());
        }
        var measured = readiness.ready() ? sizes.of(root.folder().path(), entry) : Optional.<SizeMeasurer.Size>empty();
        return new Content(
                measured.map(SizeMeasurer.Size::bytes).orElse(wanted),
                measured.map(SizeMeasurer.Size::files).orElse(Content.UNKNOWN),
                facts.changedAt());
    }
}
