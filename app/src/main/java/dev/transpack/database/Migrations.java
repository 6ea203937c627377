package dev.transpack.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.SQLiteDataSource;

/// The schema: its migrations, and how many of them a database has seen.
final class Migrations {
    private static final String HISTORY = "flyway_schema_history";
    /// As long as any other statement waits for a lock of SQLite.
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Map<String, String> SQLITE =
            Map.of("blob", "blob", "timestamp", "timestamp", "widen_volume_names", "select 1");
    private static final Map<String, String> POSTGRES = Map.of(
            "blob",
            "bytea",
            "timestamp",
            "timestamp with time zone",
            "widen_volume_names",
            "alter table volumes alter column name type varchar(1024)");

    private Migrations() {}

    /// Runs all that there are.
    ///
    /// @throws DatabaseException in one sentence, when that cannot be
    static void run(DatabaseSettings settings, DataSource dataSource) {
        run(settings, dataSource, MigrationVersion.LATEST);
    }

    /// Runs them up to this one.
    ///
    /// @throws DatabaseException in one sentence, when that cannot be
    static void run(DatabaseSettings settings, DataSource dataSource, int version) {
        run(settings, dataSource, MigrationVersion.fromVersion(Integer.toString(version)));
    }

    /// The newest that this program has.
    static int newest() {
        var nowhere = new SQLiteDataSource();
        nowhere.setUrl("jdbc:sqlite::memory:");
        return Arrays.stream(flyway(true, nowhere).load().info().all())
                .mapToInt(each -> number(each.getVersion().getVersion()))
                .max()
                .orElseThrow();
    }

    /// The newest that a database has seen; empty when Transpack never made anything there.
    static Optional<Integer> version(Connection connection) throws SQLException {
        if (!DatabaseProbe.hasTable(connection, HISTORY)) return Optional.empty();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select version from " + HISTORY + " where success order by installed_rank desc")) {
            return rows.next() ? Optional.of(number(rows.getString(1))) : Optional.empty();
        }
    }

    private static int number(String version) {
        return Integer.parseInt(version);
    }

    /// Flyway has no lock on SQLite (its SQLiteTable says so): of two that start at once, the one that comes second
    /// to a step fails at it, or finds the other in the middle, has changed nothing, and goes on behind it.
    private static void run(DatabaseSettings settings, DataSource dataSource, MigrationVersion target) {
        var flyway = flyway(settings.isSqlite(), dataSource).target(target).load();
        var patience = System.nanoTime() + PATIENCE.toNanos();
        for (var done = steps(dataSource); ; ) {
            try {
                refuseNewer(settings, flyway);
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                var now = steps(dataSource);
                var waits = Unwritable.isLocked(e) && System.nanoTime() < patience;
                if (!settings.isSqlite() || (now <= done && !waits)) {
                    Unwritable.refuse(settings, e);
                    throw failed(settings, e);
                }
                if (waits) LockSupport.parkNanos(PAUSE.toNanos());
                done = now;
            }
        }
    }

    /// Flyway itself goes on with what it does not know.
    private static void refuseNewer(DatabaseSettings settings, Flyway flyway) {
        for (var each : flyway.info().all())
            if (each.getState() == MigrationState.FUTURE_SUCCESS)
                throw new DatabaseException("A newer version of Transpack has changed the database at "
                        + settings.place() + ": use that version, or restore a backup that was made before.");
    }

    /// How far somebody is who brings the database up to date.
    private static int steps(DataSource dataSource) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            if (!DatabaseProbe.hasTable(connection, HISTORY)) return 0;
            try (var rows = statement.executeQuery("select count(*) + 1 from " + HISTORY)) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        } catch (SQLException e) {
            return 0; // whoever tries to go on hears why
        }
    }

    private static DatabaseException failed(DatabaseSettings settings, FlywayException e) {
        return new DatabaseException(
                "The database at " + settings.place() + " could not be brought up to date: " + Database.firstLine(e)
                        + " Nothing was deleted; restore a backup or use the program's version that wrote it.",
                e);
    }

    private static FluentConfiguration flyway(boolean sqlite, DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .placeholders(sqlite ? SQLITE : POSTGRES)
                .cleanDisabled(true);
    }
}
