package dev.transpack.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.SQLiteDataSource;

/// The schema: its migrations, and how many of them a database has seen.
final class Migrations {
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
        if (!DatabaseProbe.hasTable(connection, "flyway_schema_history")) return Optional.empty();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select version from flyway_schema_history where success order by installed_rank desc")) {
            return rows.next() ? Optional.of(number(rows.getString(1))) : Optional.empty();
        }
    }

    private static int number(String version) {
        return Integer.parseInt(version);
    }

    private static void run(DatabaseSettings settings, DataSource dataSource, MigrationVersion target) {
        try {
            flyway(settings.isSqlite(), dataSource).target(target).load().migrate();
        } catch (FlywayException e) {
            FullDisk.refuse(settings, e);
            throw new DatabaseException(
                    "The database at " + settings.place() + " could not be brought up to date: "
                            + Database.firstLine(e)
                            + " Nothing was deleted; restore a backup or use the program's version that wrote it.",
                    e);
        }
    }

    private static FluentConfiguration flyway(boolean sqlite, DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .placeholders(sqlite ? SQLITE : POSTGRES)
                .cleanDisabled(true);
    }
}
