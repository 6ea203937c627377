package dev.transpack.uploading;

import dev.transpack.database.Columns;
import dev.transpack.database.Database;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Volume;
import dev.transpack.packing.Pack;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The volumes of a pack as rows: laid down with the plan, filled by [LedgerRows] while they go up.
public final class PackVolumes {
    private final Database database;

    public PackVolumes(Database database) {
        this.database = database;
    }

    /// How many parts of a pack the destination holds, of how many, how many volumes are complete, and which go up.
    public record Parts(long done, long total, long volumesDone, List<Going> going) {
        /// Of a pack that does not move.
        public static final Parts NONE = new Parts(0, 0, 0, List.of());

        public Parts {
            going = List.copyOf(going);
        }
    }

    /// A volume that is being sent.
    ///
    /// @param n its number in the pack
    /// @param doneBytes what the destination has accepted
    public record Going(int n, long doneBytes, long totalBytes) {}

    /// One volume as its row says.
    ///
    /// @param opened whether its upload has begun
    /// @param accepted bytes that the destination has
    /// @param grade how well its object is proven; null until that was looked at
    public record Sent(
            int n,
            String name,
            long size,
            boolean opened,
            long accepted,
            Pack.@Nullable Grade grade,
            @Nullable Instant completed,
            @Nullable Instant deleted) {}

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
        return parts(List.of(pack)).getOrDefault(pack, Parts.NONE);
    }

    /// The same of several packs in one question; those without volumes are left out.
    public Map<String, Parts> parts(Collection<String> packs) {
        if (packs.isEmpty()) return Map.of();
        var progress = new HashMap<String, PartsSoFar>();
        database.reads().sql("""
                        select v.pack_id, v.n, v.size, v.part_size, v.upload_id is not null and v.completed_at is null,
                               v.completed_at is not null, count(p.number), coalesce(sum(p.size), 0)
                        from volumes v left join parts p on p.pack_id = v.pack_id and p.volume = v.n
                        where v.pack_id in (:packs)
                        group by v.pack_id, v.n, v.size, v.part_size, v.upload_id, v.completed_at
                        order by v.pack_id, v.n""").param("packs", packs).query(row -> {
            progress.computeIfAbsent(row.getString(1), _ -> new PartsSoFar()).add(row);
        });
        return progress.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, pack -> pack.getValue().all()));
    }

    /// The volumes of a pack in their order.
    public List<Sent> list(String pack) {
        return database.reads()
                .sql("""
                        select v.n, v.name, v.size, v.upload_id, v.grade, v.completed_at, v.deleted_at,
                               (select coalesce(sum(p.size), 0) from parts p where p.pack_id = v.pack_id and p.volume = v.n)
                                   as accepted
                        from volumes v where v.pack_id = ? order by v.n""")
                .param(pack)
                .query((row, n) -> {
                    var grade = row.getString("grade");
                    return new Sent(
                            row.getInt("n"),
                            row.getString("name"),
                            row.getLong("size"),
                            row.getString("upload_id") != null,
                            row.getLong("accepted"),
                            grade == null ? null : Pack.Grade.valueOf(grade),
                            Columns.instant(row, "completed_at"),
                            Columns.instant(row, "deleted_at"));
                })
                .list();
    }

    /// Sums up the volumes of one pack.
    private static final class PartsSoFar {
        private final List<Going> going = new ArrayList<>();
        private long done;
        private long total;
        private long volumesDone;

        void add(ResultSet volume) throws SQLException {
            var size = volume.getLong(3);
            done += volume.getLong(7);
            total += Math.ceilDiv(size, volume.getLong(4));
            if (volume.getBoolean(6)) volumesDone++;
            if (volume.getBoolean(5)) going.add(new Going(volume.getInt(2), volume.getLong(8), size));
        }

        Parts all() {
            return new Parts(done, total, volumesDone, going);
        }
    }

    private Optional<Integer> partSize(String pack) {
        return database
                .writes()
                .sql("select part_size from volumes where pack_id = ? limit 1")
                .param(pack)
                .query((row, n) -> row.getInt(1))
                .list()
                .stream()
                .findFirst();
    }

    private static ObjectKey key(String prefix, String pack, Volume volume) {
        return ObjectKey.of(prefix, pack, volume.name());
    }
}
