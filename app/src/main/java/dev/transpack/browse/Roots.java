package dev.transpack.browse;

import dev.transpack.transmission.Torrent;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folders that are looked at: the download folder, those below it which Transmission uses as one (a folder for
/// series, say), and what the path map leads to. Others are never opened, whatever a daemon says.
final class Roots {
    /// A folder and what is in it. Loose entries count only where a person named the folder.
    ///
    /// @param identity what the ids of its downloads are made of
    record Root(DownloadRoot folder, String identity, List<DiskEntry> entries, NameIndex index, boolean looseToo) {}

    private final BrowseSettings settings;
    private final Map<Path, Root> roots = new LinkedHashMap<>();
    private final Map<String, Optional<Root>> byDaemonDir = new HashMap<>();
    private final List<String> notices = new ArrayList<>();
    private final @Nullable Path named;
    private final @Nullable Path base;

    Roots(BrowseSettings settings, @Nullable Path folder) {
        this.settings = settings;
        this.named = folder;
        this.base = folder == null ? null : openBase(folder);
    }

    /// Where the torrent's data must be, if it is a folder that we look at.
    Optional<Root> of(Torrent torrent) {
        return byDaemonDir.computeIfAbsent(torrent.place().downloadDir(), this::find);
    }

    Collection<Root> all() {
        return roots.values();
    }

    /// The download folder itself, if it can be read.
    Optional<Path> base() {
        return Optional.ofNullable(base);
    }

    /// Whether this is one of the folders, and not a download in one.
    boolean isRoot(Path path) {
        return roots.containsKey(path);
    }

    List<String> notices() {
        return notices;
    }

    private @Nullable Path openBase(Path folder) {
        try {
            return open(DownloadRoot.open(folder), true).folder.path();
        } catch (IOException e) {
            notices.add("The download folder " + folder + " cannot be read (" + why(e)
                    + "): set downloads.dir to it, and downloads.path-map if Transmission knows it by another name.");
            return null;
        }
    }

    private Optional<Root> find(String daemonDir) {
        var local = settings.pathMap().toLocal(daemonDir).filter(this::permitted);
        if (local.isEmpty()) return Optional.empty();
        try {
            var folder = DownloadRoot.open(local.get());
            if (!permitted(folder.path())) return Optional.empty();
            openBetween(folder.path());
            return Optional.of(open(folder, belowBase(folder.path())));
        } catch (IOException e) {
            return Optional.empty(); // its torrents are shown as missing, with the folder's name
        }
    }

    /// The folders on the way from the download folder hold other folders, and may hold loose entries too.
    private void openBetween(Path path) throws IOException {
        for (var at = path; at != null && belowBase(at) && !at.equals(base); at = at.getParent())
            open(DownloadRoot.open(at), true);
    }

    private Root open(DownloadRoot folder, boolean looseToo) throws IOException {
        var known = roots.get(folder.path());
        if (known != null) return known;
        var entries = folder.entries();
        var root = new Root(
                folder, NamedRoots.identity(settings, folder.path()), entries, new NameIndex(entries), looseToo);
        roots.put(folder.path(), root);
        return root;
    }

    /// Both as it was written and as it really is: what a person named may be a link.
    private boolean permitted(Path path) {
        return belowBase(path)
                || (named != null && path.startsWith(named))
                || settings.pathMap().mappings().stream()
                        .map(PathMap.Mapping::local)
                        .anyMatch(local -> path.startsWith(local) || path.startsWith(real(local)));
    }

    private boolean belowBase(Path path) {
        return base != null && path.startsWith(base);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) return "it does not exist";
        return e instanceof AccessDeniedException ? "this program may not read it" : String.valueOf(e.getMessage());
    }
}
