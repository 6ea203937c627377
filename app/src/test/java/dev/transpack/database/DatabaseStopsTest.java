package dev.transpack.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.SmallDisk;
import dev.transpack.jobs.RetryPolicy;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// A database that takes nothing, two programs that start on it at once, and one that is too new.
@Timeout(120)
class DatabaseStopsTest {
    @TempDir
    Path folder;

    @Test
    void aLockOfAnotherProgramIsToldAndWhenItEndsAllIsWell() throws Exception {
        var settings = DatabaseSettings.file(folder.resolve("transpack.db"));
        try (var database = Database.open(settings);
                var other = DriverManager.getConnection(settings.url());
                var lock = other.createStatement()) {
            pragma(database, "busy_timeout = 50");
            lock.execute("begin immediate");
            assertThatThrownBy(() -> insert(database, "a"))
                    .isInstanceOf(DatabaseUnwritableException.class)
                    .hasMessage("Another program has locked the database at " + settings.url()
                            + ": end that program, then try again.");
            assertThatThrownBy(() -> database.inTransaction(() -> insert(database, "a")))
                    .hasRootCauseMessage("[SQLITE_BUSY] The database file is locked (database is locked)");
            assertThat(probes(database)).isZero();
            lock.execute("rollback");
            database.inTransaction(() -> insert(database, "a"));
            assertThatThrownBy(() -> database.inTransaction(() -> {
                        insert(database, "b");
                        throw new IllegalStateException("half-way");
                    }))
                    .hasMessage("half-way");
            assertThat(probes(database)).isOne();
        }
    }

    /// An acknowledged commit is on the disk, also when the power fails the moment after (sqlite.org/pragma,
    /// synchronous).
    @Test
    void whatIsCommittedIsSynced() {
        try (var database = Database.open(DatabaseSettings.file(folder.resolve("transpack.db")))) {
            assertThat(database.batch().queryForObject("pragma synchronous", String.class))
                    .isEqualTo("2");
            assertThat(database.batch().queryForObject("pragma journal_mode", String.class))
                    .isEqualTo("wal");
        }
    }

    @Test
    void aDatabaseThatBecomesReadOnlyIsTold() {
        var settings = DatabaseSettings.file(folder.resolve("transpack.db"));
        try (var database = Database.open(settings)) {
            pragma(database, "query_only = on");
            assertThatThrownBy(() -> insert(database, "a"))
                    .isInstanceOf(DatabaseUnwritableException.class)
                    .hasMessage("The database at " + settings.url() + " is read-only: make the file, its folder and"
                            + " their disk writable for this user, then try again.");
            pragma(database, "query_only = off");
            insert(database, "a");
        }
    }

    @Test
    void aReadOnlyDiskIsToldAtTheStart() throws Exception {
        var disk = SmallDisk.mount(folder, "4m");
        assumeTrue(disk.isPresent(), "only root may mount a disk");
        try (var small = disk.get()) {
            var settings = DatabaseSettings.file(small.folder().resolve("transpack.db"));
            Database.open(settings).close();
            small.makeReadOnly();
            assertThatThrownBy(() -> Database.open(settings))
                    .isInstanceOfAny(DatabaseException.class, DatabaseUnwritableException.class)
                    .hasMessageContaining(small.folder().toString())
                    .hasMessageContaining("this user");
        }
    }

    /// As when it is restarted in the middle of work.
    @Test
    void aPostgresThatEndsItsConnectionsIsConnectedAgain() throws Exception {
        var settings = PostgresServer.newDatabase();
        try (var database = Database.open(settings)) {
            insert(database, "before");
            try (var connection = DatabaseProbe.connect(settings);
                    var statement = connection.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
            }
            Eventually.until("it is connected again", () -> {
                try {
                    insert(database, "after");
                    return true;
                } catch (RuntimeException e) {
                    assertThat(RetryPolicy.databaseMayPass(e)).as(e.toString()).isTrue();
                    return false;
                }
            });
            assertThat(probes(database)).isEqualTo(2);
        }
    }

    /// Two threads stand for two processes: neither knows of the other but through the database.
    @ParameterizedTest
    @EnumSource
    void ofTwoThatStartAtOnceEachMigrationIsRunByOne(BackupTest.Kind kind) throws Exception {
        for (var round = 0; round < 3; round++) {
            var settings = BackupTest.database(kind, folder.resolve("round" + round));
            var both = new CyclicBarrier(2);
            try (var threads = Executors.newFixedThreadPool(2)) {
                var starts = IntStream.range(0, 2)
                        .mapToObj(_ -> threads.submit(() -> {
                            both.await();
                            Database.open(settings).close();
                            return true;
                        }))
                        .toList();
                for (var start : starts) assertThat(start.get()).isTrue();
            }
            try (var connection = DatabaseProbe.connect(settings);
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*), count(distinct version), count(nullif(success,"
                            + " true)) from flyway_schema_history")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(Migrations.newest());
                assertThat(rows.getInt(2)).isEqualTo(Migrations.newest());
                assertThat(rows.getInt(3)).isZero();
            }
        }
    }

    /// A column that is there already stands for whatever a step may fail at: each is one transaction.
    @ParameterizedTest
    @EnumSource
    void aMigrationThatFailsLeavesTheDatabaseAsItWas(BackupTest.Kind kind) throws Exception {
        var settings = BackupTest.database(kind, folder);
        var password = settings.password().reveal();
        var source = new DriverManagerDataSource(settings.url(), settings.username(), password);
        Migrations.run(settings, source, 8);
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter table jobs add column pause_requested int");
            assertThatThrownBy(() -> Database.open(settings))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageStartingWith(
                            "The database at " + settings.place() + " could not be brought up to date: ")
                    .hasMessageEndingWith(
                            "Nothing was deleted; restore a backup or use the program's version that wrote it.");
            assertThat(Migrations.version(connection)).contains(8);
            statement.execute("alter table jobs drop column pause_requested");
        }
        Database.open(settings).close();
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatANewerVersionHasChangedIsLeftAlone(BackupTest.Kind kind) throws Exception {
        var settings = BackupTest.database(kind, folder);
        Database.open(settings).close();
        try (var connection = DatabaseProbe.connect(settings);
                var statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history (installed_rank, version, description, type, script,"
                    + " installed_by, execution_time, success) values (1000, '1000', 'x', 'SQL', 'V1000__x.sql',"
                    + " 'x', 1, true)");
        }
        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("A newer version of Transpack has changed the database at " + settings.place()
                        + ": use that version, or restore a backup that was made before.");
    }

    private static void pragma(Database database, String what) {
        database.batch().execute("pragma " + what);
    }

    private static void insert(Database database, String name) {
        database.writes()
                .sql("insert into destination_probes (destination, settings, seen, probed_at) values (?, '', '', 1)")
                .param(name)
                .update();
    }

    private static long probes(Database database) {
        return database.reads()
                .sql("select count(*) from destination_probes")
                .query(Long.class)
                .single();
    }
}
