package dev.transpack.purging;

import dev.transpack.database.Columns;
import dev.transpack.database.Database;
import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRecord.Went;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The one class that reads and writes rows of `purges` and `purged`.
public final class PurgeRecords {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final InstantSource clock;

    public PurgeRecords(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Writes a plan down before anything of it happens.
    ///
    /// @return the purge's id; empty while another purge of the pack has not ended: then nothing is written
    Optional<String> insert(PurgePlan plan, boolean overridden, String by) {
        return database.inTransaction(() -> {
            lock(plan.pack());
            return running(plan.pack(), null).isPresent()
                    ? Optional.empty()
                    : Optional.of(insertRow(plan, overridden, by));
        });
    }

    private String insertRow(PurgePlan plan, boolean overridden, String by) {
        var id = UUID.randomUUID().toString();
        database.writes()
                .sql("""
                        insert into purges (id, pack_id, plan, overridden, requested_by, requested_at, record)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        id,
                        plan.pack(),
                        JSON.writeValueAsString(plan),
                        overridden,
                        by,
                        clock.millis(),
                        JSON.writeValueAsString(PurgeRecord.EMPTY))
                .update();
        return id;
    }

    /// Whoever looks at the purges of a pack in order to write one has the pack's row first: two who come at the same
    /// moment would else both find none.
    private void lock(String pack) {
        database.writes()
                .sql("update packs set state = state where id = ?")
                .param(pack)
                .update();
    }

    /// It is under way, for the first time or again; what an earlier run failed of is forgotten, and what it took away
    /// gets its rows if that stands in the record's own text.
    ///
    /// @return false while another purge of the pack is: then nothing is written
    boolean begin(Purge purge, PurgeRecord record) {
        return database.inTransaction(() -> {
            lock(purge.plan().pack());
            if (running(purge.plan().pack(), purge.id()).isPresent()) return false;
            went(purge.id(), inItsText(purge.id()));
            write(purge.id(), record, null);
            return true;
        });
    }

    /// Everything but what went.
    void running(Purge purge, PurgeRecord record) {
        write(purge.id(), record, null);
    }

    /// It has ended, well or not.
    void finished(Purge purge, PurgeRecord record) {
        write(purge.id(), record, clock.millis());
    }

    private List<Went> inItsText(String id) {
        var text = database.writes()
                .sql("select record from purges where id = ?")
                .param(id)
                .query(String.class)
                .single();
        return JSON.readValue(text, PurgeRecord.class).went();
    }

    /// These are gone too.
    void went(String id, List<Went> things) {
        if (things.isEmpty()) return;
        database.inTransaction(() -> {
            var n = new AtomicInteger(next(id));
            database.batch()
                    .batchUpdate(
                            "insert into purged (purge_id, n, kind, what, bytes, at) values (?, ?, ?, ?, ?, ?)",
                            things,
                            things.size(),
                            (row, thing) -> {
                                row.setString(1, id);
                                row.setInt(2, n.getAndIncrement());
                                row.setString(3, thing.kind().name());
                                row.setString(4, thing.what());
                                row.setLong(5, thing.bytes());
                                row.setLong(6, thing.at().toEpochMilli());
                            });
        });
    }

    private int next(String id) {
        return database.writes()
                .sql("select coalesce(max(n), -1) + 1 from purged where purge_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /// The purge with its plan and everything that went, which may be a lot.
    public Optional<Purge> find(String id) {
        return database.reads()
                .sql("select * from purges where id = ?")
                .param(id)
                .query(PurgeRecords::purge)
                .optional()
                .map(this::withWhatWent);
    }

    /// The packs that these purges work on, each by the purge's id, in one question.
    public Map<String, String> packs(Collection<String> ids) {
        var packs = new HashMap<String, String>();
        if (ids.isEmpty()) return packs;
        database.reads()
                .sql("select id, pack_id from purges where id in (:ids)")
                .param("ids", ids)
                .query(row -> {
                    packs.put(row.getString(1), row.getString(2));
                });
        return packs;
    }

    /// The purges of a pack, the newest first.
    public List<PurgeSummary> of(String pack, int limit) {
        return database.reads()
                .sql("""
                        select p.id, p.overridden, p.requested_by, p.requested_at, p.finished_at, p.record,
                               (select count(*) from purged w where w.purge_id = p.id) as went,
                               (select coalesce(sum(w.bytes), 0) from purged w where w.purge_id = p.id) as freed
                        from purges p where p.pack_id = ? order by p.requested_at desc, p.id limit ?""")
                .params(pack, limit)
                .query(PurgeRecords::summary)
                .list();
    }

    /// A purge of this pack that has not ended.
    ///
    /// @param but not this one
    Optional<String> running(String pack, @Nullable String but) {
        return database.writes()
                .sql("select id from purges where pack_id = ? and finished_at is null and id <> ? limit 1")
                .params(pack, but == null ? "" : but)
                .query(String.class)
                .optional();
    }

    private void write(String id, PurgeRecord record, @Nullable Long finishedAt) {
        database.writes()
                .sql("update purges set record = ?, finished_at = ? where id = ?")
                .param(JSON.writeValueAsString(record))
                .param(finishedAt)
                .param(id)
                .update();
    }

    private Purge withWhatWent(Purge purge) {
        var went = database.reads()
                .sql("select kind, what, bytes, at from purged where purge_id = ? order by n")
                .param(purge.id())
                .query((row, n) -> new Went(
                        Kind.valueOf(row.getString("kind")),
                        row.getString("what"),
                        row.getLong("bytes"),
                        Instant.ofEpochMilli(row.getLong("at"))))
                .list();
        return new Purge(
                purge.id(),
                purge.plan(),
                purge.overridden(),
                purge.requestedBy(),
                purge.requested(),
                purge.finished(),
                purge.record().with(went));
    }

    private static Purge purge(ResultSet row, int n) throws SQLException {
        return new Purge(
                row.getString("id"),
                JSON.readValue(row.getString("plan"), PurgePlan.class),
                row.getBoolean("overridden"),
                row.getString("requested_by"),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                Columns.instant(row, "finished_at"),
                JSON.readValue(row.getString("record"), PurgeRecord.class));
    }

    private static PurgeSummary summary(ResultSet row, int n) throws SQLException {
        var record = JSON.readValue(row.getString("record"), PurgeRecord.class);
        return new PurgeSummary(
                row.getString("id"),
                row.getBoolean("overridden"),
                row.getString("requested_by"),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                Columns.instant(row, "finished_at"),
                record.sourceBegun() != null,
                record.went().size() + row.getLong("went"),
                record.went().stream().mapToLong(Went::bytes).sum() + row.getLong("freed"),
                record.remains(),
                record.failure());
    }
}
