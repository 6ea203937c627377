package dev.transpack.purging;

import dev.transpack.database.Database;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The one class that reads and writes rows of `purges`.
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
    /// @return the purge's id
    String insert(PurgePlan plan, boolean overridden, String by) {
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

    /// It is under way, for the first time or again.
    void running(Purge purge, PurgeRecord record) {
        write(purge.id(), record, null);
    }

    /// It has ended, well or not.
    void finished(Purge purge, PurgeRecord record) {
        write(purge.id(), record, clock.millis());
    }

    public Optional<Purge> find(String id) {
        return database.reads()
                .sql("select * from purges where id = ?")
                .param(id)
                .query(PurgeRecords::purge)
                .optional();
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
    public List<Purge> of(String pack) {
        return database.reads()
                .sql("select * from purges where pack_id = ? order by requested_at desc, id")
                .param(pack)
                .query(PurgeRecords::purge)
                .list();
    }

    /// The newest purges first.
    public List<Purge> newest(int limit) {
        return database.reads()
                .sql("select * from purges order by requested_at desc, id limit ?")
                .param(limit)
                .query(PurgeRecords::purge)
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

    private static Purge purge(ResultSet row, int n) throws SQLException {
        var finished = row.getLong("finished_at");
        var running = row.wasNull();
        return new Purge(
                row.getString("id"),
                JSON.readValue(row.getString("plan"), PurgePlan.class),
                row.getBoolean("overridden"),
                row.getString("requested_by"),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                running ? null : Instant.ofEpochMilli(finished),
                JSON.readValue(row.getString("record"), PurgeRecord.class));
    }
}
