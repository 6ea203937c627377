package dev.transpack.space;

import dev.transpack.database.Database;
import java.time.Duration;
import java.time.InstantSource;

/// The one class that reads and writes rows of `chores`: what is done again and again by whichever node comes first.
final class Chores {
    private final Database database;
    private final InstantSource clock;

    Chores(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Runs this if it is due, in the transaction that says when it is due again: of several nodes one does. One that
    /// nobody knew of is due after the first interval.
    void ifDue(String name, Duration every, Runnable chore) {
        if (!isDue(name)) return;
        database.inTransaction(() -> {
            var now = clock.millis();
            var next = now + every.toMillis();
            var mine = database.writes()
                    .sql("update chores set due_at = ? where name = ? and due_at <= ?")
                    .params(next, name, now)
                    .update();
            if (mine > 0) chore.run();
            else
                database.writes()
                        .sql("insert into chores (name, due_at) values (?, ?) on conflict (name) do nothing")
                        .params(name, next)
                        .update();
        });
    }

    /// Asked often, so the writer is left alone.
    private boolean isDue(String name) {
        return database.reads()
                .sql("select due_at from chores where name = ?")
                .param(name)
                .query(Long.class)
                .optional()
                .map(due -> due <= clock.millis())
                .orElse(true);
    }
}
