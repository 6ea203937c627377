package dev.transpack.space;

import dev.transpack.space.Leftovers.Folder;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore.ListedObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts objects that no row knows, by the pack's folder that they lie in. Keys come in their order, so that one
/// folder is in memory at a time.
final class Orphans {
    private final String start;
    private final KnownKeys known;
    private final int most;
    private final long mostLookedAt;
    private final List<Folder> folders = new ArrayList<>();
    private @Nullable Folder current;
    private long packs;
    private long objects;
    private long bytes;
    private long others;
    private long otherBytes;
    private long lookedAt;

    Orphans(String start, KnownKeys known, int most, long mostLookedAt) {
        this.start = start;
        this.known = known;
        this.most = most;
        this.mostLookedAt = mostLookedAt;
    }

    private static Folder plus(@Nullable Folder folder, String path, ListedObject object) {
        var manifest = object.key().equals(path + "manifest.json");
        var modified = object.modified();
        if (folder == null) return new Folder(path, 1, object.size(), modified, manifest);
        var newest = modified.isAfter(folder.newest()) ? modified : folder.newest();
        return new Folder(
                path, folder.objects() + 1, folder.bytes() + object.size(), newest, folder.sealed() || manifest);
    }

    /// @return whether to go on
    boolean add(List<ListedObject> page) {
        var rows = known.of(start, page.stream().map(ListedObject::key).toList());
        for (var object : page) {
            var pack = ObjectKey.packOf(start, object.key());
            if (pack.isPresent()) {
                if (!rows.knowsObject(pack.get(), object.key())) orphan(start + pack.get() + "/", object);
            } else if (!KnownKeys.isOfProbe(start, object.key())) other(object);
        }
        lookedAt += page.size();
        return isComplete();
    }

    boolean isComplete() {
        return lookedAt < mostLookedAt;
    }

    Leftovers.Objects found() {
        close();
        return new Leftovers.Objects(packs, objects, bytes, folders, others, otherBytes);
    }

    private void orphan(String path, ListedObject object) {
        objects++;
        bytes += object.size();
        if (current == null || !current.path().equals(path)) {
            close();
            packs++;
        }
        current = plus(current, path, object);
    }

    private void other(ListedObject object) {
        others++;
        otherBytes += object.size();
    }

    private void close() {
        if (current != null && folders.size() < most) folders.add(current);
        current = null;
    }
}
