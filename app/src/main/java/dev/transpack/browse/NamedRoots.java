package dev.transpack.browse;

import dev.transpack.nodes.Machine;
import dev.transpack.nodes.Sight;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The download folders of this machine as nodes name them. A path alone says nothing: every box may have its own
/// `/downloads`. So a folder is called by the machine and its path, `box1:/downloads`, unless settings say that it is
/// shared and what all nodes call it.
public final class NamedRoots implements Sight {
    private static final int LONGEST = 400;
    private static final Set<String> NETWORK = Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "ceph", "afs");

    private final BrowseSettings settings;
    private final Machine machine;
    /// Own folders that something was asked of, which no setting names: Transmission's.
    private final Set<String> met = ConcurrentHashMap.newKeySet();

    /// A folder as nodes call it, and where it is here.
    public record Named(String root, Path folder) {}

    public NamedRoots(BrowseSettings settings, Machine machine) {
        this.settings = settings;
        this.machine = machine;
    }

    /// The folder in which a download lies: a shared one, else this.
    ///
    /// @param path of the download, without a link in it
    /// @param folder the download folder that shows it
    /// @return empty when its name is too long to be noted: then nobody asks who sees it
    public Optional<Named> of(Path path, Path folder) {
        var named = shared(path).orElseGet(() -> new Named(own(folder), folder));
        if (named.root().length() > LONGEST) return Optional.empty();
        met.add(named.root());
        return Optional.of(named);
    }

    /// Where a root is here, whether it is mounted or not; empty when it is not one of this machine's.
    public Optional<Path> folder(String root) {
        for (var shared : settings.shared()) if (shared.name().equals(root)) return Optional.of(real(shared.folder()));
        var path = root.indexOf(":/");
        var isHere = path >= 0 && (machine.alone() || root.substring(0, path).equals(machine.host()));
        if (!isHere) return Optional.empty();
        return Optional.of(Path.of(root.substring(path + 1)));
    }

    /// What a folder is called in the ids of downloads, which are the same on all nodes that share it.
    static String identity(BrowseSettings settings, Path path) {
        for (var shared : settings.shared()) if (path.startsWith(real(shared.folder()))) return identity(shared, path);
        return path.toString();
    }

    private static String identity(BrowseSettings.Shared shared, Path path) {
        return shared.name() + ":" + real(shared.folder()).relativize(path);
    }

    /// Whether any folder is shared.
    public boolean shares() {
        return !settings.shared().isEmpty();
    }

    /// The shared folder in which a path lies.
    public Optional<Named> shared(Path path) {
        for (var shared : settings.shared()) {
            var folder = real(shared.folder());
            if (path.startsWith(folder)) return Optional.of(new Named(shared.name(), folder));
        }
        return Optional.empty();
    }

    /// The id that a download has now whose folder was not shared yet when it got its own, or under another of its
    /// names.
    ///
    /// @param was the folder as it was called then
    /// @param is the same folder as it is here
    /// @param name what it may have been called in it
    /// @return empty when that is not how it got its id, or it has it still
    public Optional<DownloadId> since(String download, Path was, Path is, String name) {
        var now = DownloadId.of(identity(settings, is), name);
        var names = settings.shared().stream()
                .filter(shared -> is.startsWith(real(shared.folder())))
                .map(shared -> identity(shared, is));
        return Stream.concat(Stream.of(was.toString()), names)
                .map(folder -> DownloadId.of(folder, name))
                .filter(then -> then.value().equals(download) && !then.equals(now))
                .findFirst()
                .map(then -> now);
    }

    @Override
    public Map<String, Boolean> look(Collection<String> wanted) {
        var roots = new TreeMap<String, Boolean>();
        var mine = new HashSet<>(met);
        mine.addAll(wanted);
        settings.shared().forEach(shared -> mine.add(shared.name()));
        folders()
                .map(NamedRoots::real)
                .filter(folder -> shared(folder).isEmpty())
                .forEach(folder -> mine.add(own(folder)));
        for (var root : mine)
            folder(root).filter(folder -> root.length() <= LONGEST).ifPresent(folder -> roots.put(root, holds(folder)));
        return roots;
    }

    @Override
    public boolean sees(String root) {
        return folder(root).filter(NamedRoots::holds).isPresent();
    }

    @Override
    public boolean knows(String root) {
        return folder(root).isPresent();
    }

    @Override
    public boolean answersFor(String root) {
        return knows(root) && (machine.alone() || !isShared(root) || sees(root));
    }

    /// The same, where several machines have it; else the whole machine, for a folder that was emptied looks like one
    /// that is not mounted. Empty where all nodes see the same disks.
    @Override
    public Optional<String> bound(String root) {
        if (machine.alone()) return Optional.empty();
        return Optional.of(isShared(root) || !knows(root) ? root : machine.host() + ":/");
    }

    private boolean isShared(String root) {
        return settings.shared().stream().anyMatch(shared -> shared.name().equals(root));
    }

    private Stream<Path> folders() {
        var mapped = settings.pathMap().mappings().stream().map(PathMap.Mapping::local);
        return Stream.concat(Stream.ofNullable(settings.dir()), mapped);
    }

    private String own(Path folder) {
        return machine.host() + ":" + folder;
    }

    /// Where nothing is mounted, there is an empty folder; one that lies on a network disk is mounted.
    private static boolean holds(Path folder) {
        try (var entries = Files.newDirectoryStream(folder)) {
            return entries.iterator().hasNext()
                    || isOfNetwork(Files.getFileStore(folder).type());
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
    }

    /// @param type of a file system, as Linux calls it
    static boolean isOfNetwork(String type) {
        return NETWORK.contains(type) || type.startsWith("fuse.");
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
