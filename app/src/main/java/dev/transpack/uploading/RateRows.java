package dev.transpack.uploading;

import dev.transpack.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The one row that says which rate somebody set while the program ran; every process of a server reads it.
final class RateRows {
    private final Database database;
    private final InstantSource clock;

    RateRows(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// What was set, by whom and when.
    record Row(String rules, String setBy, Instant setAt) {}

    Optional<Row> find() {
        return database.reads()
                .sql("select rules, set_by, set_at from rate_rules where id = 1")
                .query((row, n) -> new Row(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .optional();
    }

    void set(String rules, String by) {
        database.writes().sql("""
                        insert into rate_rules (id, rules, set_by, set_at) values (1, ?, ?, ?)
                        on conflict (id) do update set rules = excluded.rules, set_by = excluded.set_by,
                                                       set_at = excluded.set_at""").params(rules, by, clock.millis()).update();
    }

    /// @return whether there was something
    boolean forget() {
        return database.writes().sql("delete from rate_rules where id = 1").update() > 0;
    }
}
