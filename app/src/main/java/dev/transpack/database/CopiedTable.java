package dev.transpack.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A table of ours, whose rows go from one database into the other; each may be SQLite or PostgreSQL. However many rows
/// there are, only a few are in memory.
record CopiedTable(String name, List<Column> columns) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Set<String> NOT_COPIED = Set.of("flyway_schema_history", BackupHeader.TABLE);
    private static final int ROWS_AT_ONCE = 500;
    private static final int LARGE_ROWS_AT_ONCE = 8;

    /// A column, and what it holds by the word of SQLite's schema, which keeps the migrations' own.
    record Column(String name, Kind kind) {}

    enum Kind {
        TEXT(Types.VARCHAR),
        WHOLE(Types.BIGINT),
        FLAG(Types.BOOLEAN),
        TIME(Types.TIMESTAMP_WITH_TIMEZONE),
        BYTES(Types.VARBINARY);

        private final int sqlType;

        Kind(int sqlType) {
            this.sqlType = sqlType;
        }

        static Kind of(String declared) throws SQLException {
            return switch (declared.toLowerCase(Locale.ROOT).replaceAll("\\(.*", "")) {
                case "text", "varchar", "char" -> TEXT;
                case "int", "integer", "bigint", "smallint" -> WHOLE;
                case "boolean" -> FLAG;
                case "timestamp" -> TIME;
                case "blob" -> BYTES;
                default -> throw new SQLException("a column has the type " + declared + ", which no backup knows");
            };
        }

        private void copy(ResultSet from, PreparedStatement to, int n) throws SQLException {
            switch (this) {
                case TEXT -> to.setString(n, from.getString(n));
                case WHOLE -> to.setLong(n, from.getLong(n));
                case FLAG -> to.setBoolean(n, from.getBoolean(n));
                case TIME -> to.setTimestamp(n, from.getTimestamp(n));
                case BYTES -> to.setBytes(n, from.getBytes(n));
            }
            if (from.wasNull()) to.setNull(n, sqlType);
        }
    }

    /// The tables of a SQLite database in the order they were made: what a row refers to comes before it.
    static List<CopiedTable> of(Connection sqlite) throws SQLException {
        var tables = new ArrayList<CopiedTable>();
        for (var name : names(sqlite, "select name from sqlite_master where type = 'table' order by rowid"))
            if (!NOT_COPIED.contains(name)) tables.add(new CopiedTable(name, columns(sqlite, name)));
        return tables;
    }

    /// Copies every row.
    ///
    /// @param from inside a transaction
    /// @param to inside a transaction
    /// @return how many there were
    long copy(Connection from, Connection to) throws SQLException {
        var rows = 0L;
        var atOnce = columns.stream().anyMatch(each -> each.kind == Kind.BYTES) ? LARGE_ROWS_AT_ONCE : ROWS_AT_ONCE;
        try (var select = from.prepareStatement("select " + list() + " from " + name);
                var insert = to.prepareStatement(insertion())) {
            select.setFetchSize(atOnce);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    copy(row, insert);
                    if (++rows % atOnce == 0) insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        return rows;
    }

    long count(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + name)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /// Whether a database has this table with something in it.
    boolean isUsed(Connection connection) throws SQLException {
        if (!DatabaseProbe.hasTable(connection, name)) return false;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select 1 from " + name + " limit 1")) {
            return row.next();
        }
    }

    private void copy(ResultSet row, PreparedStatement insert) throws SQLException {
        for (var n = 0; n < columns.size(); n++) columns.get(n).kind.copy(row, insert, n + 1);
        insert.addBatch();
    }

    private String insertion() {
        var values = columns.stream().map(each -> "?").collect(Collectors.joining(", "));
        return "insert into " + name + " (" + list() + ") values (" + values + ")";
    }

    private String list() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static List<Column> columns(Connection sqlite, String table) throws SQLException {
        var columns = new ArrayList<Column>();
        try (var statement = sqlite.createStatement();
                var rows = statement.executeQuery("pragma table_info(" + table + ")")) {
            while (rows.next())
                columns.add(new Column(checked(rows.getString("name")), Kind.of(rows.getString("type"))));
        }
        return columns;
    }

    private static List<String> names(Connection sqlite, String question) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = sqlite.createStatement();
                var rows = statement.executeQuery(question)) {
            while (rows.next()) names.add(checked(rows.getString(1)));
        }
        return names;
    }

    /// Names go into statements, and whoever hands over a backup may be anybody.
    private static String checked(String name) throws SQLException {
        if (!NAME.matcher(name).matches()) throw new SQLException("a table or a column has a name that is not ours");
        return name;
    }
}
