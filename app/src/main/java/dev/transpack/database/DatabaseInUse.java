package dev.transpack.database;

import java.nio.file.Files;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/// Whether a Transpack has a database open, as far as the database can tell.
final class DatabaseInUse {
    private static final int LOOKS = 10;

    private DatabaseInUse() {}

    /// @throws BackupException in one sentence, when one has
    static void refuse(DatabaseSettings settings) throws SQLException {
        if (settings.isSqlite() ? sqlite(settings) : postgres(settings))
            throw new BackupException("The database at " + settings.place()
                    + " is in use by a running Transpack: stop it first, and its workers.");
    }

    /// In WAL mode every connection holds a shared lock on the file for as long as it is open, and one in exclusive
    /// locking mode wants the file for itself (sqlite.org/wal, "Use of WAL Without Shared-Memory").
    private static boolean sqlite(DatabaseSettings settings) throws SQLException {
        if (Files.notExists(settings.sqliteFile())) return false;
        var config = new SQLiteConfig();
        config.setLockingMode(LockingMode.EXCLUSIVE);
        config.setBusyTimeout(1_000);
        var source = new SQLiteDataSource(config);
        source.setUrl(settings.url());
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("begin exclusive");
            statement.execute("rollback");
            return false;
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code) return true;
            throw e;
        }
    }

    /// Who has just left is seen for a moment, as a lock of SQLite is waited for.
    private static boolean postgres(DatabaseSettings settings) throws SQLException {
        try (var connection = DatabaseProbe.connect(settings);
                var pause = connection.createStatement();
                var select = connection.prepareStatement("select 1 from pg_stat_activity where datname ="
                        + " current_database() and pid <> pg_backend_pid() and application_name = ?")) {
            select.setString(1, PostgresPools.NAME);
            for (var look = 0; look < LOOKS; look++) {
                try (var row = select.executeQuery()) {
                    if (!row.next()) return false;
                }
                pause.execute("select pg_sleep(0.1)");
            }
            return true;
        }
    }
}
