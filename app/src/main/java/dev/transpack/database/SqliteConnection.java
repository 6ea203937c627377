package dev.transpack.database;

import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.jdbc4.JDBC4Connection;

/// A connection on which a transaction that cannot begin leaves nothing behind. The driver's own believes from then on
/// that one is under way (SQLiteConnection.setAutoCommit notes it before it asks the database): what follows would be
/// committed statement by statement, and every commit fail.
final class SqliteConnection extends JDBC4Connection {
    private SqliteConnection(DatabaseSettings settings, SQLiteConfig config) throws SQLException {
        super(settings.url(), settings.sqliteFile().toString(), config.toProperties());
    }

    /// Where a pool gets them.
    static SQLiteDataSource source(DatabaseSettings settings, SQLiteConfig config) {
        var source = new SQLiteDataSource(config) {
            @Override
            public SQLiteConnection getConnection(String username, String password) throws SQLException {
                return new SqliteConnection(settings, config);
            }
        };
        source.setUrl(settings.url());
        return source;
    }

    @Override
    public void setAutoCommit(boolean automatic) throws SQLException {
        try {
            super.setAutoCommit(automatic);
        } catch (SQLException e) {
            if (!automatic) forget(e);
            throw e;
        }
    }

    private void forget(SQLException begun) {
        try {
            super.setAutoCommit(true);
        } catch (SQLException e) {
            begun.addSuppressed(e); // there was none to commit, but now the driver knows
        }
    }
}
