package dev.transpack.uploading;

import dev.transpack.database.Columns;
import dev.transpack.database.Database;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Volume;
import dev.transpack.packing.Pack;
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

    /// How many parts of a pack the destination holds, of how many, and how many volumes are complete.
    public record Parts(long done, long total, long volumesDone) {}

    /// One volume as its row says.
    ///
    /// @param grade how well its object is proven; null until that was looked at
    public record Sent(
            String name,
            long size,
            Pack.@Nullable Grade grade,
            @Nullable Instant completed,
            @Nullable Instant deleted) {}

    /// Lays the volumes down before the first byte goes; once laid down they stay as they are.
    void lay(String pack, ArchivePlan plan, String prefix, int partSize) {
        database.inTransaction(() -> {
            if (partSize(pack).isEmpty()) insert(pack, plan, prefix, partSize);
        });
    }

    /// The size that parts of a pack have, on every run; empty before it is laid down.
    Optional<Integer> partSize(String pack) {
        return database.writes()
                .sql("select part_size from volumes where pack_id = ? limit 1")
                .param(pack)
                .query(Integer.class)
                .optional();
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
                               (select coalesce(sum((size + part_size - 1) / part_size), 0) from volumes where pack_id = ?),
                               (select count(*) from volumes where pack_id = ? and completed_at is not null)""")
                .params(pack, pack, pack)
                .query((row, n) -> new Parts(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    /// The volumes of a pack in their order.
    public List<Sent> list(String pack) {
        return database.reads()
                .sql("select name, size, grade, completed_at, deleted_at from volumes where pack_id = ? order by n")
                .param(pack)
                .query((row, n) -> {
                    var grade = row.getString("grade");
                    return new Sent(
                            row.getString("name"),
                            row.getLong("size"),
                            grade == null ? null : Pack.Grade.valueOf(grade),
                            Columns.instant(row, "completed_at"),
                            Columns.instant(row, "deleted_at"));
                })
                .list();
    }

    private void insert(String pack, ArchivePlan plan, String prefix, int partSize) {
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
    }

    private static ObjectKey key(String prefix, String pack, Volume volume) {
        return ObjectKey.of(prefix, pack, volume.name());
    }
}
