package dev.transpack.nodes;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import dev.transpack.database.Columns;
import dev.transpack.database.Database;
import dev.transpack.database.DatabaseClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The one class that reads and writes rows of `nodes`.
public final class Nodes {
    /// A node of which nothing was heard for so long is forgotten.
    private static final Duration KEPT = Duration.ofDays(7);

    private final Database database;
    private final InstantSource clock;

    public Nodes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// All that were heard of within a week, by name, those that began last first.
    public List<Node> all() {
        var roots = database
                .reads()
                .sql("select node_id, root, seen from node_roots order by root")
                .query((row, n) -> Map.entry(row.getString(1), new Node.Root(row.getString(2), row.getBoolean(3))))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
        return database.reads()
                .sql("select * from nodes where seen_at >= ? order by name, started_at desc, id")
                .param(keptSince())
                .query((row, n) -> node(row, roots.getOrDefault(row.getString("id"), List.of())))
                .list();
    }

    /// The Transmissions that the living nodes ask which see this root: when there are several, none of them knows all
    /// torrents that may use its files.
    public Set<String> daemonsAt(String root) {
        return all().stream()
                .filter(node -> node.lives(clock.instant()) && node.sees(root))
                .flatMap(node -> Stream.ofNullable(node.program().daemon()))
                .collect(toCollection(TreeSet::new));
    }

    /// What is wrong with this machine's clock, in a sentence with the remedy; empty when it is near the database's.
    Optional<String> clockProblem() {
        return DatabaseClock.problem(database.clockAhead(clock));
    }

    Instant now() {
        return clock.instant();
    }

    /// It begins; those that are over and had its name, or that nobody has heard of for long, are forgotten.
    void enter(Node node) {
        database.inTransaction(() -> {
            forget();
            for (var other : all()) if (isReplaced(other, node)) forget(other.id());
            var program = node.program();
            database.writes()
                    .sql("""
                            insert into nodes (id, name, host, pid, process_started_at, version, daemon, serves, works,
                                               started_at, seen_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .param(node.id())
                    .param(node.name())
                    .param(program.host())
                    .param(program.pid())
                    .param(program.started().toEpochMilli())
                    .param(program.version())
                    .param(program.daemon())
                    .param(node.serves())
                    .param(node.works())
                    .param(node.times().started().toEpochMilli())
                    .param(clock.millis())
                    .update();
        });
    }

    /// It lives, and sees this.
    ///
    /// @return false when it has been forgotten: then nothing was written
    boolean beat(String id, Map<String, Boolean> roots) {
        return database.inTransaction(() -> {
            var known = database.writes()
                    .sql("update nodes set seen_at = ?, stopped_at = null where id = ?")
                    .params(clock.millis(), id)
                    .update();
            if (known == 0) return false;
            database.writes()
                    .sql("delete from node_roots where node_id = ?")
                    .param(id)
                    .update();
            roots.forEach((root, seen) -> database.writes()
                    .sql("insert into node_roots (node_id, root, seen) values (?, ?, ?)")
                    .params(id, root, seen)
                    .update());
            return true;
        });
    }

    /// The same when it sees what it saw before.
    boolean beat(String id) {
        return database.writes()
                        .sql("update nodes set seen_at = ?, stopped_at = null where id = ?")
                        .params(clock.millis(), id)
                        .update()
                > 0;
    }

    /// It ends as it should.
    void leave(String id) {
        database.writes()
                .sql("update nodes set stopped_at = ?, seen_at = ? where id = ?")
                .params(clock.millis(), clock.millis(), id)
                .update();
    }

    private void forget() {
        var before = keptSince();
        database.writes()
                .sql("delete from node_roots where node_id in (select id from nodes where seen_at < ?)")
                .param(before)
                .update();
        database.writes()
                .sql("delete from nodes where seen_at < ?")
                .param(before)
                .update();
    }

    private long keptSince() {
        return clock.instant().minus(KEPT).toEpochMilli();
    }

    private void forget(String id) {
        database.writes()
                .sql("delete from node_roots where node_id = ?")
                .param(id)
                .update();
        database.writes().sql("delete from nodes where id = ?").param(id).update();
    }

    /// What the new one does, the old one did, under the same name and on the same machine.
    private boolean isReplaced(Node old, Node now) {
        return old.name().equals(now.name())
                && old.program().host().equals(now.program().host())
                && old.serves() == now.serves()
                && old.works() == now.works()
                && (!old.lives(clock.instant()) || !Namesakes.runs(old));
    }

    private static Node node(ResultSet row, List<Node.Root> roots) throws SQLException {
        return new Node(
                row.getString("id"),
                row.getString("name"),
                new Node.Program(
                        row.getString("host"),
                        row.getLong("pid"),
                        Instant.ofEpochMilli(row.getLong("process_started_at")),
                        row.getString("version"),
                        row.getString("daemon")),
                row.getBoolean("serves"),
                row.getBoolean("works"),
                new Node.Times(
                        Instant.ofEpochMilli(row.getLong("started_at")),
                        Instant.ofEpochMilli(row.getLong("seen_at")),
                        Columns.instant(row, "stopped_at")),
                roots);
    }
}
