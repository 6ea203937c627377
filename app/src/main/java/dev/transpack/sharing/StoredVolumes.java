package dev.transpack.sharing;

import dev.transpack.database.Database;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Volumes as the destination holds them, by our rows: what can be given out, and what is to be deleted one day.
/// Uploading writes these rows; only that a volume was deleted is written here.
public final class StoredVolumes {
    private final Database database;
    private final InstantSource clock;

    public StoredVolumes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// One volume.
    ///
    /// @param uploadId its multipart upload, once that was begun
    /// @param etag as the destination told it
    /// @param version where the bucket keeps versions
    /// @param crc32 of the whole volume
    /// @param complete whether it is an object that was verified
    public record StoredVolume(
            int n,
            String name,
            long size,
            ObjectKey key,
            @Nullable String uploadId,
            @Nullable String etag,
            @Nullable String version,
            @Nullable Integer crc32,
            boolean complete) {

        /// What is not as it was when it was stored, such as `is missing`; empty when it is all the same.
        ///
        /// @param found what is at its key now
        public Optional<String> difference(Optional<StoredObject> found) {
            if (found.isEmpty()) return Optional.of("is missing");
            var now = found.get();
            if (now.size() != size) return Optional.of("has " + now.size() + " bytes instead of " + size);
            return now.etag().equals(etag) && isVersion(now.version()) ? Optional.empty() : Optional.of("was replaced");
        }

        private boolean isVersion(@Nullable String now) {
            return version == null || now == null || version.equals(now);
        }
    }

    /// Those of a pack that were not deleted, in order.
    public List<StoredVolume> of(String pack) {
        return database.reads()
                .sql("select * from volumes where pack_id = ? and deleted_at is null order by n")
                .param(pack)
                .query(StoredVolumes::volume)
                .list();
    }

    /// The one of exactly this name.
    public Optional<StoredVolume> find(String pack, String name) {
        return database.reads()
                .sql("select * from volumes where pack_id = ? and name = ? and deleted_at is null")
                .params(pack, name)
                .query(StoredVolumes::volume)
                .optional();
    }

    /// They were deleted and seen gone, all of them.
    public void deleted(String pack) {
        database.writes()
                .sql("update volumes set deleted_at = ? where pack_id = ? and deleted_at is null")
                .params(clock.millis(), pack)
                .update();
    }

    private static StoredVolume volume(ResultSet row, int n) throws SQLException {
        var crc = row.getLong("crc32");
        var noCrc = row.wasNull();
        row.getLong("completed_at");
        var complete = !row.wasNull();
        return new StoredVolume(
                row.getInt("n"),
                row.getString("name"),
                row.getLong("size"),
                new ObjectKey(row.getString("object_key")),
                row.getString("upload_id"),
                row.getString("etag"),
                row.getString("version_id"),
                noCrc ? null : (int) crc,
                complete);
    }
}
