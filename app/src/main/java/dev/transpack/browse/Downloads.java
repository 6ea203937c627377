package dev.transpack.browse;

import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// All downloads: torrents and the entries of the download folder, put together. One look at disk and daemon serves
/// everybody who asks within a moment; who asks during a look gets that look.
public final class Downloads {
    private static final Duration A_MOMENT = Duration.ofMillis(1500);

    private final BrowseSettings settings;
    private final Transmission transmission;
    private final InstantSource clock;
    private final Lister lister;
    private final AtomicReference<@Nullable CompletableFuture<Snapshot>> looking = new AtomicReference<>();
    private volatile @Nullable Snapshot last;
    private volatile boolean forgotten;

    public Downloads(BrowseSettings settings, Transmission transmission, SizeMeasurer sizes, InstantSource clock) {
        this.settings = settings;
        this.transmission = transmission;
        this.clock = clock;
        this.lister = new Lister(settings, transmission, sizes, clock);
    }

    /// Everything, with the notices a person should read.
    public Browse list() {
        return snapshot().browse();
    }

    /// The part of it that was asked for.
    public BrowsePage list(BrowseQuery query) {
        var browse = list();
        return query.on(browse.downloads(), browse.notices());
    }

    /// One download, if it is still there.
    public Optional<Download> find(DownloadId id) {
        return Optional.ofNullable(snapshot().byId().get(id)).map(Located::download);
    }

    /// The files of one download; empty when the download or its data is not there. Walks its folder now, up to a
    /// limit.
    public Optional<FileTree> files(DownloadId id) {
        return Optional.ofNullable(snapshot().byId().get(id))
                .map(Located::entry)
                .filter(entry -> entry.kind() != Download.Kind.OTHER)
                .map(entry -> FileTree.of(entry, FileTree.MOST));
    }

    /// Where a download can be packed from. The path is looked at again now: what has meanwhile become a link out
    /// of the folder is refused.
    public Location locate(DownloadId id) {
        var found = snapshot().byId().get(id);
        if (found == null) return new Location.NotReady("it is not in the download folder any more");
        var readiness = found.download().readiness();
        if (!readiness.ready()) return new Location.NotReady(readiness.reason());
        if (found.root() == null || found.entry() == null) return new Location.NotReady("its data is not here");
        var now = found.root().entry(found.entry().path().getFileName());
        if (now.problem() != null) return new Location.NotReady(now.problem());
        return new Location.Ready(now.leadsTo(), found.download());
    }

    /// The torrents whose data is at, below or above this path: removing it would take something from each. Asked
    /// afresh.
    ///
    /// @throws TransmissionException when nobody can say
    public List<Torrent> torrentsSharing(Path path) throws TransmissionException {
        if (!transmission.configured()) return List.of();
        var torrents = transmission.torrents();
        forget();
        var now = snapshot();
        return torrents.stream()
                .filter(torrent ->
                        paths(torrent, now).stream().anyMatch(data -> data.startsWith(path) || path.startsWith(data)))
                .toList();
    }

    /// A path of the daemon's as it is called here.
    public Optional<Path> toLocal(String daemonPath) {
        return settings.pathMap().toLocal(daemonPath);
    }

    /// Room on a disk, in bytes.
    public record Space(long free, long total) {}

    /// How much room there is where the downloads lie; empty when nobody can say.
    public Optional<Space> space() {
        var folder = snapshot().downloadDir();
        if (folder == null) return Optional.empty();
        try {
            var store = Files.getFileStore(folder);
            return Optional.of(new Space(store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            return Optional.empty(); // the list itself says what is the matter with the folder
        }
    }

    /// Lets the next question be answered by a new look: for those who have just changed something.
    public void forget() {
        forgotten = true;
    }

    /// Where a torrent's data was seen; else where it would be by its name, which serves for comparing only.
    private List<Path> paths(Torrent torrent, Snapshot now) {
        var seen = now.byId().values().stream()
                .filter(located -> located.entry() != null && located.download().belongsTo(torrent.hash()))
                .map(located -> located.entry().leadsTo())
                .toList();
        if (!seen.isEmpty()) return seen;
        try {
            var name = Path.of(DaemonNames.onDisk(torrent.name()));
            return toLocal(torrent.place().downloadDir()).map(folder -> folder.resolve(name)).stream()
                    .toList();
        } catch (InvalidPathException e) {
            return List.of(); // a name that no file here can have shares nothing
        }
    }

    private Snapshot snapshot() {
        var remembered = fresh();
        if (remembered != null) return remembered;
        var mine = new CompletableFuture<Snapshot>();
        var others = looking.compareAndExchange(null, mine);
        if (others != null) return others.join();
        try {
            var meanwhile = fresh(); // another's look may have ended just before this one began
            var seen = meanwhile == null ? look() : meanwhile;
            mine.complete(seen);
            return seen;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            looking.set(null);
        }
    }

    private Snapshot look() {
        forgotten = false; // before the look: what is changed during it calls for another
        var seen = lister.look(last);
        last = seen;
        return seen;
    }

    private @Nullable Snapshot fresh() {
        var remembered = last;
        var fresh = remembered != null
                && !forgotten
                && remembered.at().plus(A_MOMENT).isAfter(clock.instant());
        return fresh ? remembered : null;
    }
}
