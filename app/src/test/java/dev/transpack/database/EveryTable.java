package dev.transpack.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Rows in every table that the migrations make, now and later, with something in every column, and all of them read
/// again. Texts are the same in all columns of a row, so that a row refers to the ones of its number.
final class EveryTable {
    static final int ROWS = 30;
    private static final byte[] BYTES = new byte[256];

    private final List<CopiedTable> tables;

    static {
        for (var n = 0; n < BYTES.length; n++) BYTES[n] = (byte) n;
    }

    /// @param folder for a database of its own, which only says what tables there are
    EveryTable(Path folder) throws SQLException {
        var settings = DatabaseSettings.file(folder.resolve("tables.db"));
        Database.open(settings).close();
        try (var connection = DatabaseProbe.connect(settings)) {
            tables = CopiedTable.of(connection);
        }
    }

    int count() {
        return tables.size();
    }

    void fill(DatabaseSettings settings) throws SQLException {
        Database.open(settings).close();
        try (var connection = DatabaseProbe.connect(settings)) {
            connection.setAutoCommit(false);
            for (var table : tables) fill(connection, table);
            connection.commit();
        }
    }

    private static void fill(Connection connection, CopiedTable table) throws SQLException {
        var columns = table.columns().stream().map(CopiedTable.Column::name).collect(Collectors.joining(", "));
        var values = table.columns().stream().map(each -> "?").collect(Collectors.joining(", "));
        try (var select = connection.prepareStatement("select " + columns + " from " + table.name());
                var insert = connection.prepareStatement(
                        "insert into " + table.name() + " (" + columns + ") values (" + values + ")")) {
            var known = select.getMetaData();
            for (var row = 1; row <= ROWS; row++) {
                for (var n = 1; n <= table.columns().size(); n++) {
                    var empty = row % 2 == 0 && known.isNullable(n) == ResultSetMetaData.columnNullable;
                    var type = known.getColumnTypeName(n).toLowerCase(Locale.ROOT);
                    insert.setObject(n, empty ? null : value(table.columns().get(n - 1), type, row));
                }
                insert.executeUpdate();
            }
        }
    }

    private static Object value(CopiedTable.Column column, String type, int row) {
        return switch (column.kind()) {
            case TEXT -> type.startsWith("text") ? "Ünïcode ✓ '\"\n\t" + row : text(column.name(), row);
            case WHOLE -> type.startsWith("bigint") || type.equals("int8") ? Long.MAX_VALUE - row : (Object) row;
            case FLAG -> row % 3 == 0;
            case TIME -> new Timestamp(1_795_414_980_123L + row);
            case BYTES -> BYTES;
        };
    }

    /// Some columns hold exactly 36 characters.
    private static String text(String column, int row) {
        return column.equals("primary_id") || column.equals("session_id") || column.equals("session_primary_id")
                ? "0123456789012345678901234567890123" + (10 + row)
                : "row " + row + " ✓";
    }

    /// All rows of all tables, in one order.
    Map<String, List<String>> rows(DatabaseSettings settings) throws SQLException {
        var all = new TreeMap<String, List<String>>();
        try (var connection = DatabaseProbe.connect(settings);
                var statement = connection.createStatement()) {
            for (var table : tables) {
                var rows = new ArrayList<String>();
                try (var row = statement.executeQuery("select * from " + table.name())) {
                    while (row.next()) rows.add(row(row, table));
                }
                rows.sort(null);
                all.put(table.name(), rows);
            }
        }
        return all;
    }

    private static String row(ResultSet row, CopiedTable table) throws SQLException {
        var values = new ArrayList<String>();
        for (var column : table.columns()) values.add(column.name() + "=" + read(row, column));
        return String.join(", ", values);
    }

    private static String read(ResultSet row, CopiedTable.Column column) throws SQLException {
        var name = column.name();
        var text = switch (column.kind()) {
            case TEXT -> String.valueOf(row.getString(name));
            case WHOLE -> Long.toString(row.getLong(name));
            case FLAG -> Boolean.toString(row.getBoolean(name));
            case TIME -> {
                var time = row.getTimestamp(name);
                yield time == null ? "" : Instant.ofEpochMilli(time.getTime()).toString();
            }
            case BYTES -> {
                var bytes = row.getBytes(name);
                yield bytes == null ? "" : HexFormat.of().formatHex(bytes);
            }
        };
        return row.wasNull() ? "null" : text;
    }

    /// How SQLite itself keeps every value: its type and its literal.
    String literals(Path file) throws SQLException {
        var all = new StringBuilder();
        try (var connection = DatabaseProbe.connect(DatabaseSettings.file(file));
                var statement = connection.createStatement()) {
            for (var table : tables)
                for (var column : table.columns()) {
                    var values = statement.executeQuery("select typeof(c) || ' ' || quote(c) from (select "
                            + column.name() + " c from " + table.name() + ") order by 1");
                    all.append(table.name()).append('.').append(column.name()).append('\n');
                    while (values.next()) all.append(values.getString(1)).append('\n');
                }
        }
        return all.toString();
    }
}
