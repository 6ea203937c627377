package dev.transpack.browse;

import dev.transpack.browse.Roots.Root;
import dev.transpack.transmission.Torrent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which torrents belong to which entries. A torrent that fits several entries claims them all, in doubt: none of
/// them can be packed then, for one may be an unfinished download.
final class Claims {
    /// An entry with the torrents that claim it.
    record Claim(List<Torrent> torrents, boolean inDoubt) {}

    /// A torrent without an entry, and the folder it should be in, if we look at that.
    record Absent(Torrent torrent, Optional<Root> root) {}

    private final Map<Path, Claim> claims = new HashMap<>();
    private final List<Absent> absent = new ArrayList<>();

    static Claims of(Collection<Torrent> torrents, Roots roots, TorrentNames names) {
        var claims = new Claims();
        var doubtful = new ArrayList<Torrent>();
        for (var torrent : torrents) {
            var root = roots.of(torrent);
            if (root.isEmpty()) claims.absent.add(new Absent(torrent, root));
            else if (!claims.claimIfPlain(torrent, root.get())) doubtful.add(torrent);
        }
        names.learn(doubtful);
        for (var torrent : doubtful) roots.of(torrent).ifPresent(root -> claims.claim(torrent, root, names));
        return claims;
    }

    Optional<Claim> on(DiskEntry entry) {
        return Optional.ofNullable(claims.get(entry.path()));
    }

    List<Absent> absent() {
        return absent;
    }

    /// Whether any torrent's data is this folder, or one above it.
    boolean coversPath(Path path) {
        for (var at = path; at != null; at = at.getParent()) if (claims.containsKey(at)) return true;
        return false;
    }

    /// One entry has the one name that daemons put on the disk, and none has the name as it was told.
    private boolean claimIfPlain(Torrent torrent, Root root) {
        var candidates = root.index().candidates(torrent.name());
        if (candidates.size() != 1) return false;
        var entry = candidates.iterator().next();
        if (!root.index().hasAsOnDisk(entry, torrent.name())) return false;
        put(entry, torrent, false);
        return true;
    }

    private void claim(Torrent torrent, Root root, TorrentNames names) {
        var chosen = names.choose(torrent, root.index());
        if (chosen.isEmpty()) absent.add(new Absent(torrent, Optional.of(root)));
        for (var entry : chosen) put(entry, torrent, chosen.size() > 1);
    }

    private void put(DiskEntry entry, Torrent torrent, boolean inDoubt) {
        claims.merge(entry.path(), new Claim(List.of(torrent), inDoubt), Claims::both);
    }

    private static Claim both(Claim one, Claim other) {
        var torrents = new ArrayList<>(one.torrents);
        torrents.addAll(other.torrents);
        return new Claim(List.copyOf(torrents), one.inDoubt || other.inDoubt);
    }
}
