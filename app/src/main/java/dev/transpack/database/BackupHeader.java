package dev.transpack.database;

import dev.transpack.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a backup says about itself: the table `transpack_backup` in it.
///
/// @param program the version of Transpack that made it
/// @param schema how many migrations the database had seen
/// @param database what it was made from: `SQLite` or `PostgreSQL`
/// @param key the instance key, as its file holds it
/// @param tables the rows of every table
public record BackupHeader(
        String program, int schema, Instant madeAt, String database, Secret key, List<TableRows> tables) {
    static final String TABLE = "transpack_backup";
    private static final String FORMAT = "1";
    private static final String ROWS = "rows ";
    static final Comparator<TableRows> BY_NAME = Comparator.comparing(TableRows::table);

    /// How many rows a table has.
    public record TableRows(String table, long rows) {}

    /// The rows of all tables.
    public long rows() {
        return tables.stream().mapToLong(TableRows::rows).sum();
    }

    void write(Connection sqlite) throws SQLException {
        try (var statement = sqlite.createStatement()) {
            statement.execute("create table " + TABLE + " (name text not null primary key, value text not null)");
        }
        try (var insert = sqlite.prepareStatement("insert into " + TABLE + " (name, value) values (?, ?)")) {
            for (var line : lines().entrySet()) {
                insert.setString(1, line.getKey());
                insert.setString(2, line.getValue());
                insert.executeUpdate();
            }
        }
    }

    private Map<String, String> lines() {
        var lines = new HashMap<>(Map.of(
                "format",
                FORMAT,
                "transpack",
                program,
                "schema",
                Integer.toString(schema),
                "made at",
                madeAt.toString(),
                "database",
                database,
                "instance key",
                key.reveal()));
        tables.forEach(each -> lines.put(ROWS + each.table, Long.toString(each.rows)));
        return lines;
    }

    /// @throws BackupException when a newer program made it
    /// @throws SQLException when something is missing or wrong
    static BackupHeader read(Connection sqlite) throws SQLException {
        var lines = new HashMap<String, String>();
        try (var statement = sqlite.createStatement();
                var rows = statement.executeQuery("select name, value from " + TABLE)) {
            while (rows.next()) lines.put(rows.getString(1), rows.getString(2));
        }
        var program = required(lines, "transpack");
        if (!required(lines, "format").equals(FORMAT)) throw newer(program);
        try {
            return new BackupHeader(
                    program,
                    Integer.parseInt(required(lines, "schema")),
                    Instant.parse(required(lines, "made at")),
                    required(lines, "database"),
                    new Secret(required(lines, "instance key")),
                    tables(lines));
        } catch (NumberFormatException | DateTimeException e) {
            throw new SQLException("its header cannot be read", e);
        }
    }

    static BackupException newer(String program) {
        return new BackupException("This backup was made by Transpack " + program
                + ", which is newer than this one: restore it with that version or a later one.");
    }

    private static List<TableRows> tables(Map<String, String> lines) {
        var tables = new ArrayList<TableRows>();
        lines.forEach((name, value) -> {
            if (name.startsWith(ROWS)) tables.add(new TableRows(name.substring(ROWS.length()), Long.parseLong(value)));
        });
        return tables.stream().sorted(BY_NAME).toList();
    }

    private static String required(Map<String, String> lines, String name) throws SQLException {
        var value = lines.get(name);
        if (value == null) throw new SQLException("its header does not say '" + name + "'");
        return value;
    }
}
