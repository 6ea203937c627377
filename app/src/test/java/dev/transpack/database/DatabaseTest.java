package dev.transpack.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void aTransactionThatFailsLeavesNothing() {
        try (var database = Database.open(DatabaseSettings.file(folder.resolve("t.db")))) {
            assertThatThrownBy(() -> database.inTransaction(() -> {
                        insertProbe(database);
                        throw new IllegalStateException("half-way");
                    }))
                    .hasMessage("half-way");
            assertThat(probes(database)).isZero();
        }
    }

    @Test
    void whatIsCommittedIsReadBesideAndAfterReopening() {
        var settings = DatabaseSettings.file(folder.resolve("t.db"));
        try (var database = Database.open(settings)) {
            database.inTransaction(() -> insertProbe(database));
            assertThat(probes(database)).isOne();
        }
        try (var database = Database.open(settings)) {
            assertThat(probes(database)).isOne();
            assertThat(database.answers()).isTrue();
        }
    }

    @Test
    void aFullDiskIsToldAndWhatCameBeforeStays() {
        try (var database = Database.open(DatabaseSettings.file(folder.resolve("transpack.db")))) {
            insertProbe(database);
            var pages = "pragma max_page_count = ";
            database.writes().sql(pages + 1).query(Long.class).single();
            assertThatThrownBy(() -> database.inTransaction(() -> insertMany(database)))
                    .isInstanceOf(DatabaseFullException.class)
                    .hasMessage("There is no room left on the disk of " + folder
                            + ": make room there, or set data-dir to a folder on another disk.");
            assertThat(probes(database)).isOne();
            database.writes().sql(pages + 1_000_000).query(Long.class).single();
            database.inTransaction(() -> insertMany(database));
            assertThat(probes(database)).isGreaterThan(1);
        }
    }

    @Test
    void aTransactionThatMayNotBeginSaysWhy() {
        try (var database = Database.open(DatabaseSettings.file(folder.resolve("transpack.db")))) {
            database.batch().execute("pragma query_only = on");
            assertThatThrownBy(() -> database.inTransaction(() -> insertProbe(database)))
                    .isInstanceOf(DatabaseUnwritableException.class)
                    .hasMessageContaining("is read-only: make the file");
            assertThat(database.answers()).isFalse();
        }
    }

    @Test
    void readingConnectionsCannotWrite() {
        try (var database = Database.open(DatabaseSettings.file(folder.resolve("t.db")))) {
            assertThatThrownBy(() -> database.reads().sql("delete from jobs").update())
                    .hasMessageContaining("is read-only");
        }
    }

    @Test
    void theFileIsItsOwnersAlone() throws Exception {
        var file = folder.resolve("t.db");
        Database.open(DatabaseSettings.file(file)).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aDjangoDatabaseIsRefusedUntouched() throws Exception {
        var file = folder.resolve("django.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("create table django_migrations (id int)");
        }
        assertThatThrownBy(() -> Database.open(DatabaseSettings.file(file)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("belongs to a Django program");
    }

    @Test
    void afileThatIsNoDatabaseIsNamed() throws Exception {
        var file =
                Files.writeString(folder.resolve("t.db"), "not a database at all, but long enough to be read as one");
        assertThatThrownBy(() -> Database.open(DatabaseSettings.file(file)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void postgresThatDoesNotAnswerIsNamed() {
        var settings = new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/none", "", new Secret(""));
        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void theSameMigrationsRunOnPostgres() {
        try (var database = Database.open(PostgresServer.newDatabase())) {
            database.inTransaction(() -> insertProbe(database));
            assertThat(probes(database)).isOne();
        }
    }

    /// Of a file that is stored as it is, the name is its whole path.
    @Test
    void aVolumeMayHaveALongNameOnPostgres(@TempDir Path home) {
        try (var database = Database.open(PostgresServer.newDatabase())) {
            var pack = PackRow.of("Film", home).insert(database);
            var rows = database.writes()
                    .sql(
                            "insert into volumes (pack_id, n, name, size, object_key, part_size) values (?, 0, ?, 1, 'k', 1)")
                    .params(pack, "x".repeat(850))
                    .update();
            assertThat(rows).isOne();
        }
    }

    private static void insertProbe(Database database) {
        database.writes()
                .sql("insert into destination_probes (destination, settings, seen, probed_at) values ('a', '', '', 1)")
                .update();
    }

    private static void insertMany(Database database) {
        for (var n = 0; n < 1_000; n++)
            database.writes()
                    .sql("insert into destination_probes (destination, settings, seen, probed_at)"
                            + " values (?, '', '', 1)")
                    .param("x".repeat(500) + n)
                    .update();
    }

    private static long probes(Database database) {
        return database.reads()
                .sql("select count(*) from destination_probes")
                .query(Long.class)
                .single();
    }
}
