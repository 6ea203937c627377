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
    void lay(String pack, ArchivePlan plan, DestinationSettings destination, int partSize) {
        database.inTransaction(() -> {
            pin(pack, Place.of(destination));
            if (partSize(pack).isEmpty()) insert(pack, plan, destination.prefix(), partSize);
        });
    }

    /// Where a pack's objects go; empty before it is laid down, and for packs of older versions.
    Optional<Place> place(String pack) {
        return database.reads()
                .sql("select endpoint, bucket from pack_places where pack_id = ?")
                .param(pack)
                .query((row, n) -> new Place(row.getString(1), row.getString(2)))
                .optional();
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
            delete("parts", pack);
            delete("volumes", pack);
            delete("pack_places", pack);
        });
    }

    /// Forgets the parts of a pack that is sealed: its manifest has what is known of them.
    void forgetParts(String pack) {
        delete("parts", pack);
    }

    /// How far the parts of a pack are.
    public Parts parts(String pack) {
        return database.reads()
                .sql("""
                        select coalesce(sum(case when completed_at is null then accepted else planned end), 0),
                               coalesce(sum(planned), 0), count(completed_at)
                        from (select completed_at, (size + part_size - 1) / part_size as planned,
                                     (select count(*) from parts where pack_id = v.pack_id and volume = v.n) as accepted
                              from volumes v where pack_id = ?) counted""")
                .param(pack)
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

    private void pin(String pack, Place place) {
        database.writes()
                .sql("insert into pack_places (pack_id, endpoint, bucket) values (?, ?, ?)"
                        + " on conflict (pack_id) do nothing")
                .params(pack, place.endpoint(), place.bucket())
                .update();
    }

    private void delete(String table, String pack) {
        database.writes()
                .sql("delete from " + table + " where pack_id = ?")
                .param(pack)
                .update();
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
