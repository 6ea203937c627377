package dev.transpack.uploading;

import dev.transpack.database.Database;
import dev.transpack.packing.Pack;
import dev.transpack.settings.Figures;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How much of each destination our packs take, as the rows know, and whether one more fits into its quota.
public final class BucketUse {
    private final Database database;

    public BucketUse(Database database) {
        this.database = database;
    }

    /// @param stored bytes of objects, and of accepted parts
    /// @param promised what packs on their way will add
    public record Used(long stored, long promised) {
        public long total() {
            return stored + promised;
        }
    }

    /// What all packs take.
    public Used of(String destination) {
        return without(database.reads(), destination, "");
    }

    /// Why a pack does not fit, as one sentence with the remedy; empty when it does. Inside the transaction that
    /// lays it down: of two packs that come together the second counts the first.
    Optional<String> problem(Pack pack, DestinationSettings destination, long bytes) {
        var quota = destination.storage().quota();
        if (quota == null) return Optional.empty();
        lock(destination.name());
        var left = Math.max(
                0,
                quota.bytes()
                        - without(database.writes(), destination.name(), pack.id())
                                .total());
        if (bytes <= left) return Optional.empty();
        return Optional.of("'" + pack.name() + "' takes " + Figures.size(bytes) + ", and of the quota of "
                + Figures.size(quota.bytes()) + " that the destination '" + destination.name() + "' has, "
                + Figures.size(left) + " are left: purge packs that are home, or raise destinations."
                + destination.name() + ".quota, then retry.");
    }

    /// Whoever sends there has probed it, so there is a row.
    private void lock(String destination) {
        database.writes()
                .sql("update destination_probes set probed_at = probed_at where destination = ?")
                .param(destination)
                .update();
    }

    /// Of a pack that the `rar` program makes there are only rows of the volumes that it has made: the others are taken
    /// to fill it up.
    private static Used without(JdbcClient rows, String destination, String pack) {
        return rows.sql("""
                        select coalesce(sum(case when v.completed_at is not null then v.size else coalesce(a.bytes, 0) end), 0),
                               coalesce(sum(case when v.completed_at is null and p.state in ('QUEUED', 'SENDING')
                                            then v.size - coalesce(a.bytes, 0) end), 0)
                               + (select coalesce(sum(case when s.bytes > s.known then s.bytes - s.known else 0 end), 0)
                                  from (select total_bytes as bytes, coalesce(
                                            (select sum(size) from volumes where pack_id = w.id), 0) as known
                                        from packs w where state = 'SENDING' and not on_box
                                            and destination = ? and id <> ?) s)
                        from packs p join volumes v on v.pack_id = p.id
                            left join (select pack_id, volume, sum(size) as bytes from parts group by pack_id, volume) a
                                on a.pack_id = v.pack_id and a.volume = v.n
                        where p.destination = ? and p.id <> ? and v.deleted_at is null""")
                .params(destination, pack, destination, pack)
                .query((row, n) -> new Used(row.getLong(1), row.getLong(2)))
                .single();
    }
}
