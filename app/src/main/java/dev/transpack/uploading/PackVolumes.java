package dev.transpack.uploading;

import dev.transpack.database.Database;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Volume;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The volumes of a pack as rows: laid down with the plan, filled by [LedgerRows] while they go up.
public final class PackVolumes {
    private final Database database;

    public PackVolumes(Database database) {
        this.database = database;
    }

    /// How many parts of a pack the destination holds, of how many.
    public record Parts(long done, long total) {}

    /// One volume.
    ///
    /// @param crc32 of the whole volume, once it has arrived
    /// @param completed when it had arrived and was verified
    public record PackVolume(
            String name,
            long size,
            @Nullable Integer crc32,
            @Nullable Instant completed) {}

    /// The volumes of a pack that were not deleted, in order; none before they are laid down.
    public List<PackVolume> of(String pack) {
        return database.reads()
                .sql("select name, size, crc32, completed_at from volumes where pack_id = ? and deleted_at is null order by n")
                .param(pack)
                .query(PackVolumes::volume)
                .list();
    }

    /// Lays the volumes down before the first byte goes; once laid down they stay as they are.
    ///
    /// @return the part size they go up in, on this run and every other
    int lay(String pack, ArchivePlan plan, String prefix, int partSize) {
        return database.inTransaction(() -> {
            var laid = partSize(pack);
            if (laid.isPresent()) return laid.get();
            database.batch()
                    .batchUpdate(
                            "insert into volumes (pack_id, n, name, size, object_key, part_size) values (?, ?, ?, ?, ?, ?)",
                            plan.volumes(),
                            1_000,
                            (row, volume) -> {
                                row.setString(1, pack);
                                row.setInt(2, volume.index());
                                row.setString(3, volume.name());
                                row.setLong(4, volume.length());
                                row.setString(5, key(prefix, pack, volume).value());
                                row.setLong(6, partSize);
                            });
            return partSize;
        });
    }

    /// Forgets what had been sent, after it was removed.
    void clear(String pack) {
        database.inTransaction(() -> {
            database.writes()
                    .sql("delete from parts where pack_id = ?")
                    .param(pack)
                    .update();
            database.writes()
                    .sql("delete from volumes where pack_id = ?")
                    .param(pack)
                    .update();
        });
    }

    /// How far the parts of a pack are.
    public Parts parts(String pack) {
        return database.reads()
                .sql("""
                        select (select count(*) from parts where pack_id = ?),
                               (select coalesce(sum((size + part_size - 1) / part_size), 0) from volumes where pack_id = ?)""")
                .params(pack, pack)
                .query((row, n) -> new Parts(row.getLong(1), row.getLong(2)))
                .single();
    }

    private static PackVolume volume(ResultSet row, int n) throws SQLException {
        var crc = row.getLong("crc32");
        var noCrc = row.wasNull();
        var completed = row.getLong("completed_at");
        return new PackVolume(
                row.getString("name"),
                row.getLong("size"),
                noCrc ? null : (int) crc,
                completed == 0 ? null : Instant.ofEpochMilli(completed));
    }

    private Optional<Integer> partSize(String pack) {
        return database
                .writes()
                .sql("select part_size from volumes where pack_id = ? limit 1")
                .param(pack)
                .query((row, n) -> row.getInt(1))
                .stream()
                .findFirst();
    }

    private static ObjectKey key(String prefix, String pack, Volume volume) {
        return ObjectKey.of(prefix, pack, volume.name());
    }
}
