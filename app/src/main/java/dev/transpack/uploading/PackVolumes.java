package dev.transpack.uploading;

import dev.transpack.database.Columns;
import dev.transpack.database.Database;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.RecoveryPlan;
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

    /// Lays the volumes, and the files of their recovery data, down before the first byte goes; once laid down they
    /// stay as they are.
    void lay(String pack, RecoveryPlan files, DestinationSettings destination, int partSize) {
        database.inTransaction(() -> {
            pin(pack, Place.of(destination));
            if (partSize(pack).isEmpty()) insert(pack, files, destination.prefix(), partSize);
        });
    }

    /// The same of a pack that stays where it is.
    void lay(String pack, ArchivePlan plan, int partSize) {
        database.inTransaction(() -> {
            if (partSize(pack).isEmpty()) insert(pack, RecoveryPlan.none(plan), "", partSize);
        });
    }

    /// Notes where the volumes of a pack go that come one by one, before the first byte goes.
    void begin(String pack, DestinationSettings destination) {
        pin(pack, Place.of(destination));
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

    /// Every byte of every volume was read back, and is what was sent.
    public void proven(String pack) {
        database.writes()
                .sql("update volumes set grade = 'STRONG' where pack_id = ? and completed_at is not null")
                .param(pack)
                .update();
    }

    /// Forgets the parts of a pack that is sealed: its manifest has what is known of them.
    void forgetParts(String pack) {
        delete("parts", pack);
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

    /// Bytes of all volumes that are complete and were not deleted. Those of a pack that was cancelled count no more.
    public long stored() {
        return database.reads()
                .sql("select coalesce(sum(size), 0) from volumes where completed_at is not null and deleted_at is null")
                .query(Long.class)
                .single();
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

    private void insert(String pack, RecoveryPlan files, String prefix, int partSize) {
        database.batch()
                .batchUpdate(
                        "insert into volumes (pack_id, n, name, size, object_key, part_size) values (?, ?, ?, ?, ?, ?)",
                        files.volumes(),
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

    /// Sums up the volumes of one pack.
    private static final class PartsSoFar {
        private final List<Going> going = new ArrayList<>();
        private long done;
        private long total;
        private long volumesDone;

        void add(ResultSet volume) throws SQLException {
            var size = volume.getLong(3);
            var planned = Math.ceilDiv(size, volume.getLong(4));
            var completed = volume.getBoolean(6);
            // A sealed pack has no rows of parts any more.
            done += completed ? planned : volume.getLong(7);
            total += planned;
            if (completed) volumesDone++;
            if (volume.getBoolean(5)) going.add(new Going(volume.getInt(2), volume.getLong(8), size));
        }

        Parts all() {
            return new Parts(done, total, volumesDone, going);
        }
    }

    private static ObjectKey key(String prefix, String pack, Volume volume) {
        return ObjectKey.of(prefix, pack, volume.name());
    }
}
