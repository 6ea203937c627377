package dev.transpack.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads what JDBC has no word for.
public final class Columns {
    private Columns() {}

    /// A time that a row holds as epoch milliseconds; null where it holds none.
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
