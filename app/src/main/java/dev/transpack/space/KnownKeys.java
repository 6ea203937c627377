package dev.transpack.space;

import dev.transpack.database.Database;
import dev.transpack.uploading.DestinationProbe;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore.ListedUpload;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which of some keys our rows know. A row is always older than what lies at its key, so that rows read after a listing
/// know everything of ours in it.
final class KnownKeys {
    private final Database database;

    KnownKeys(Database database) {
        this.database = database;
    }

    /// What rows know of a page of keys.
    ///
    /// @param objects keys of volumes that are not deleted
    /// @param unfinished those of them that are no objects yet: any upload there may be one that goes on
    /// @param uploads ids of the uploads they are, or were, made by
    /// @param packs packs whose bucket was neither purged nor taken back: their manifest may lie there
    record Rows(Set<String> objects, Set<String> unfinished, Set<String> uploads, Set<String> packs) {
        boolean knowsObject(String pack, String key) {
            return objects.contains(key)
                    || (packs.contains(pack) && ("/" + key).endsWith("/" + pack + "/manifest.json"));
        }

        boolean knowsUpload(ListedUpload upload) {
            return unfinished.contains(upload.key())
                    || (objects.contains(upload.key()) && uploads.contains(upload.id()));
        }
    }

    /// Whether a look at the destination wrote it.
    static boolean isOfProbe(String start, String key) {
        return DestinationProbe.wrote(key.substring(start.length()));
    }

    /// Those of a page whose keys are of the shape we write, and in no row.
    List<ListedUpload> unknownUploads(String start, List<ListedUpload> page) {
        var ours = page.stream()
                .filter(upload -> ObjectKey.packOf(start, upload.key()).isPresent())
                .toList();
        var rows = of(start, ours.stream().map(ListedUpload::key).toList());
        return ours.stream().filter(upload -> !rows.knowsUpload(upload)).toList();
    }

    /// @param keys a page at most
    Rows of(String start, Collection<String> keys) {
        var packs = keys.stream()
                .flatMap(key -> ObjectKey.packOf(start, key).stream())
                .collect(Collectors.toSet());
        var rows = new Rows(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        if (packs.isEmpty()) return rows;
        database.reads().sql("""
                        select object_key, upload_id, completed_at from volumes
                        where pack_id in (:packs) and object_key in (:keys) and deleted_at is null""").param("packs", packs).param("keys", keys).query(row -> {
            rows.objects.add(row.getString(1));
            if (row.getString(2) != null) rows.uploads.add(row.getString(2));
            if (row.getObject(3) == null) rows.unfinished.add(row.getString(1));
        });
        rows.packs.addAll(database.reads()
                .sql("select id from packs where id in (:packs) and bucket_purged_at is null and state <> 'CANCELLED'")
                .param("packs", packs)
                .query(String.class)
                .list());
        return rows;
    }
}
