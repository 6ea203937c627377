package dev.transpack.database;

import dev.transpack.settings.FolderException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Looks whether a database can be used, without making, migrating or changing anything.
public final class DatabaseProbe {
    private DatabaseProbe() {}

    /// @return what it is, in a sentence
    /// @throws DatabaseException in a sentence with the remedy, when it cannot be used
    public static String look(DatabaseSettings settings) {
        if (settings.isSqlite() && Files.notExists(settings.sqliteFile())) return toBeMade(settings);
        try (var connection = connect(settings)) {
            return settings.isSqlite() ? sqlite(connection, settings) : postgres(connection, settings);
        } catch (SQLException e) {
            throw new DatabaseException(
                    "The database at " + settings.place() + " cannot be used: " + Database.firstLine(e)
                            + " Check database.url, .username and .password, and that this user may write there.",
                    e);
        }
    }

    /// Whether this version of the program made it, or brought it up to date: opening it changes nothing then.
    public static boolean isCurrent(DatabaseSettings settings) {
        if (settings.isSqlite() && Files.notExists(settings.sqliteFile())) return false;
        try (var connection = connect(settings)) {
            return Migrations.version(connection)
                    .filter(version -> version == Migrations.newest())
                    .isPresent();
        } catch (SQLException e) {
            return false; // look() says why
        }
    }

    /// How far this machine's clock is ahead of the database's; zero for a file on this machine, and when nobody can
    /// say.
    public static Duration clockAhead(DatabaseSettings settings, InstantSource clock) {
        if (settings.isSqlite()) return Duration.ZERO;
        try (var connection = connect(settings);
                var statement = connection.createStatement()) {
            return DatabaseClock.ahead(clock, () -> {
                try (var rows = statement.executeQuery(PostgresPools.NOW)) {
                    return rows.next() ? Instant.ofEpochMilli(rows.getLong(1)) : clock.instant();
                }
            });
        } catch (SQLException e) {
            return Duration.ZERO; // look() says why
        }
    }

    private static String toBeMade(DatabaseSettings settings) {
        var file = settings.sqliteFile();
        FolderException.problem(settings.folder(), settings.setting()).ifPresent(problem -> {
            throw new DatabaseException(problem);
        });
        return "SQLite, " + file + " will be made at the first start.";
    }

    /// One connection as it comes, which makes a SQLite file that is not there.
    static Connection connect(DatabaseSettings settings) throws SQLException {
        return settings.isSqlite()
                ? DriverManager.getConnection(settings.url())
                : DriverManager.getConnection(
                        settings.url(), settings.username(), settings.password().reveal());
    }

    /// Whether there is such a table, in the schema that a connection works in.
    static boolean hasTable(Connection connection, String name) throws SQLException {
        var schema = connection.getSchema();
        var pattern = schema == null ? name : name.replace("_", "\\_");
        try (var tables = connection.getMetaData().getTables(null, schema, pattern, null)) {
            return tables.next();
        }
    }

    /// Only who may write gets the lock; given back at once.
    private static String sqlite(Connection connection, DatabaseSettings settings) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 20000");
            if (!Files.isWritable(settings.sqliteFile()))
                throw new SQLException("the file is write-protected for this user.");
            statement.execute("begin immediate");
            statement.execute("rollback");
        }
        return "SQLite, " + settings.sqliteFile() + " can be written.";
    }

    private static String postgres(Connection connection, DatabaseSettings settings) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select current_setting('transaction_read_only')")) {
            if (rows.next() && "on".equals(rows.getString(1)))
                throw new SQLException("it takes no writes: it is a stand-by, or read-only.");
        }
        var version = connection.getMetaData().getDatabaseProductVersion();
        return "PostgreSQL " + version + " at " + settings.place() + " can be written.";
    }
}
