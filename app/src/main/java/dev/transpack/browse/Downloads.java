package dev.transpack.browse;

import dev.transpack.transmission.InfoHash;
import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// All downloads: torrents and the entries of the download folder, put together. One look at disk and daemon serves
/// everybody who asks within a moment. Looks are made in the background, one at a time: while one takes long, lists
/// show what was seen last, and only decisions wait for it.
public final class Downloads implements AutoCloseable {
    private static final Duration A_MOMENT = Duration.ofMillis(1500);

    private static final Duration GLANCE = Duration.ofMillis(250);

    /// @param changes how many changes were known of when the look began
    private record Seen(Snapshot snapshot, long changes) {}

    private final BrowseSettings settings;
    private final NamedRoots roots;
    private final Transmission transmission;
    private final InstantSource clock;
    private final Lister lister;
    private final AtomicReference<@Nullable CompletableFuture<Seen>> looking = new AtomicReference<>();
    private final AtomicLong changes = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Seen last;

    public Downloads(
            BrowseSettings settings,
            NamedRoots roots,
            Transmission transmission,
            SizeMeasurer sizes,
            InstantSource clock) {
        this.settings = settings;
        this.roots = roots;
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
        var seen = snapshot();
        return query.on(seen.orders(), seen.browse().notices());
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
        var snapshot = now();
        var found = snapshot.byId().get(id);
        if (found == null) return new Location.NotReady("it is not in the download folder any more");
        var readiness = found.download().readiness();
        if (!readiness.ready()) return new Location.NotReady(readiness.reason());
        if (found.root() == null || found.entry() == null) return new Location.NotReady("its data is not here");
        var now = found.root().entry(found.entry().path().getFileName());
        if (now.problem() != null) return new Location.NotReady(now.problem());
        var folder = snapshot.folderAbove(found.root().path());
        var named = roots.of(now.leadsTo(), folder).orElse(null);
        return new Location.Ready(now.leadsTo(), named, found.download());
    }

    /// Whether what is missing in a root here is missing everywhere.
    public boolean answersFor(String root) {
        return roots.answersFor(root);
    }

    /// The root that a node must see which looks at what is left of a root, or removes it; empty when any may.
    public Optional<String> bound(String root) {
        return roots.bound(root);
    }

    /// The torrents whose data is at, below or above this path: removing it would take something from each. Asked
    /// afresh.
    ///
    /// @throws TransmissionException when nobody can say
    public List<Torrent> torrentsSharing(Path path) throws TransmissionException {
        if (!transmission.configured()) return List.of();
        var torrents = transmission.torrents();
        forget();
        var seen = paths(now());
        return torrents.stream()
                .filter(torrent ->
                        paths(torrent, seen).stream().anyMatch(data -> data.startsWith(path) || path.startsWith(data)))
                .toList();
    }

    /// A path of the daemon's as it is called here.
    public Optional<Path> toLocal(String daemonPath) {
        return settings.pathMap().toLocal(daemonPath);
    }

    /// Room on the disk of a folder, in bytes.
    public record Space(Path folder, long free, long total) {}

    /// How much room there is where the downloads lie; empty when nobody can say.
    public Optional<Space> space() {
        var folder = snapshot().downloadDir();
        if (folder == null) return Optional.empty();
        try {
            var store = Files.getFileStore(folder);
            return Optional.of(new Space(folder, store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            return Optional.empty(); // the list itself says what is the matter with the folder
        }
    }

    /// Lets the next question be answered by a new look: for those who have just changed something.
    public void forget() {
        changes.incrementAndGet();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    /// Where the data of each torrent was seen: one pass, for there may be as many torrents as downloads.
    private static Map<InfoHash, List<Path>> paths(Snapshot now) {
        var seen = new HashMap<InfoHash, List<Path>>();
        for (var located : now.byId().values()) {
            var entry = located.entry();
            if (entry == null) continue;
            for (var torrent : located.download().torrents())
                seen.computeIfAbsent(torrent.hash(), hash -> new ArrayList<>()).add(entry.leadsTo());
        }
        return seen;
    }

    /// Where a torrent's data was seen; else where it would be by its name, which serves for comparing only.
    private List<Path> paths(Torrent torrent, Map<InfoHash, List<Path>> seen) {
        var where = seen.get(torrent.hash());
        if (where != null) return where;
        try {
            var name = Path.of(DaemonNames.onDisk(torrent.name()));
            return toLocal(torrent.place().downloadDir()).map(folder -> folder.resolve(name)).stream()
                    .toList();
        } catch (InvalidPathException e) {
            return List.of(); // a name that no file here can have shares nothing
        }
    }

    /// For showing: never waits longer than a glance once there is something to show.
    private Snapshot snapshot() {
        var seen = last;
        if (seen == null || seen.changes() < changes.get()) return now();
        if (isFresh(seen) || looking.get() != null) return seen.snapshot();
        return begin().completeOnTimeout(seen, GLANCE.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .snapshot();
    }

    /// For deciding: what was seen within a moment and after everything that was forgotten, however long that takes.
    private Snapshot now() {
        var wanted = changes.get();
        for (var seen = last; ; seen = begin().join())
            if (seen != null && seen.changes() >= wanted && isFresh(seen)) return seen.snapshot();
    }

    /// The look that is under way, or a new one.
    private CompletableFuture<Seen> begin() {
        var mine = new CompletableFuture<Seen>();
        var others = looking.compareAndExchange(null, mine);
        if (others != null) return others.copy();
        try {
            threads.execute(() -> look(mine));
        } catch (RejectedExecutionException e) {
            looking.set(null);
            throw e; // closed
        }
        return mine.copy();
    }

    private void look(CompletableFuture<Seen> asked) {
        try {
            var seen = last; // another's look may have ended just before this one began
            if (seen == null || seen.changes() < changes.get() || !isFresh(seen)) seen = look(seen);
            last = seen;
            looking.set(null);
            asked.complete(seen);
        } catch (RuntimeException | Error e) {
            looking.set(null);
            asked.completeExceptionally(e);
        }
    }

    private Seen look(@Nullable Seen before) {
        var known = changes.get(); // before the look: what is changed during it calls for another
        return new Seen(lister.look(before == null ? null : before.snapshot()), known);
    }

    private boolean isFresh(Seen seen) {
        return seen.snapshot().at().plus(A_MOMENT).isAfter(clock.instant());
    }
}
