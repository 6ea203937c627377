package dev.transpack.browse;

import dev.transpack.transmission.InfoHash;
import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.TorrentFile;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles the cases where a torrent's name does not lead to one entry: by the names of its files, which start with
/// the folder as it is on the disk, and then by their sizes. What it has asked once it remembers.
final class TorrentNames {
    private static final Logger log = LoggerFactory.getLogger(TorrentNames.class);
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_REMEMBERED = 20_000;
    private static final int MOST_FILES_COMPARED = 5_000;

    /// The first part of a torrent's file names, and the sizes of those that are wanted.
    private record Known(String name, String first, List<Long> sizes) {}

    private final Transmission transmission;
    private final Map<InfoHash, Known> known = new ConcurrentHashMap<>();

    TorrentNames(Transmission transmission) {
        this.transmission = transmission;
    }

    /// Asks about those that it does not know yet, a bounded number in one call; the rest has to wait for the next
    /// time.
    void learn(Collection<Torrent> torrents) {
        var asked = torrents.stream()
                .filter(torrent -> !isKnown(torrent))
                .limit(MOST_AT_ONCE)
                .collect(Collectors.toMap(Torrent::hash, Torrent::name, (one, other) -> one));
        if (known.size() > MOST_REMEMBERED) known.clear();
        try {
            transmission.files(asked.keySet()).forEach((hash, files) -> remember(hash, asked.get(hash), files));
        } catch (TransmissionException e) {
            log.atWarn()
                    .addKeyValue("kind", e.kind())
                    .log("files of torrents not told; shown in doubt, asked again at the next look");
        }
    }

    /// The entry that the torrent's data is; several when even sizes do not decide; none when nothing fits.
    Collection<DiskEntry> choose(Torrent torrent, NameIndex index) {
        var candidates = index.candidates(torrent.name());
        if (!isKnown(torrent)) return candidates;
        var told = known.get(torrent.hash());
        if (told == null) return candidates;
        var byFiles = index.candidates(told.first);
        if (byFiles.size() <= 1 || !torrent.done()) return byFiles;
        var bySize = byFiles.stream().filter(entry -> holds(entry, told.sizes)).toList();
        return bySize.isEmpty() ? byFiles : bySize;
    }

    private boolean isKnown(Torrent torrent) {
        var told = known.get(torrent.hash());
        return told != null && told.name.equals(torrent.name());
    }

    private void remember(InfoHash hash, @Nullable String name, List<TorrentFile> files) {
        if (files.isEmpty() || name == null) return; // a magnet link without its content yet
        var path = files.getFirst().name();
        var slash = path.indexOf('/');
        var sizes = files.stream()
                .filter(TorrentFile::wanted)
                .map(TorrentFile::length)
                .limit(MOST_FILES_COMPARED);
        known.put(hash, new Known(name, slash < 0 ? path : path.substring(0, slash), sizes.toList()));
    }

    private static boolean holds(DiskEntry entry, List<Long> sizes) {
        if (entry.kind() == Download.Kind.FILE)
            return sizes.equals(List.of(entry.facts().bytes()));
        var counts = new HashMap<Long, Integer>();
        try (var walk = Files.walk(entry.leadsTo())) {
            walk.limit(2L * MOST_FILES_COMPARED)
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> counts.merge(file.toFile().length(), 1, Integer::sum));
        } catch (IOException | UncheckedIOException e) {
            return false; // then nobody can say that it fits
        }
        return sizes.stream().allMatch(size -> counts.merge(size, -1, Integer::sum) >= 0);
    }
}
