package dev.transpack.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.transpack.fixtures.PostgresServer;
import dev.transpack.settings.InstanceKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

/// What goes into a backup comes out of it, on either database, whatever is written meanwhile.
@Timeout(180)
class BackupTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:15:30.123Z");

    enum Kind {
        SQLITE,
        POSTGRES
    }

    @TempDir
    Path folder;

    private Path from;
    private Path to;
    private Path file;

    @BeforeEach
    void makeFolders() throws Exception {
        from = Files.createDirectories(folder.resolve("from"));
        to = folder.resolve("to");
        file = folder.resolve("a %41 ?b#c.backup");
        InstanceKey.of(from);
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, SQLITE", "SQLITE, POSTGRES", "POSTGRES, SQLITE", "POSTGRES, POSTGRES"})
    void everyRowOfEveryTableComesBack(Kind source, Kind target) throws Exception {
        var every = new EveryTable(folder);
        var database = database(source, from);
        every.fill(database);
        var header = create(database);
        assertThat(header.rows()).isEqualTo((long) EveryTable.ROWS * every.count());
        assertThat(header.madeAt()).isEqualTo(NOW);
        assertThat(header.database()).isEqualTo(source == Kind.SQLITE ? "SQLite" : "PostgreSQL");
        assertThat(Backup.verify(file)).isEqualTo(header);

        var restored = database(target, to);
        new Restore(restored, to).from(file);
        assertThat(every.rows(restored)).isEqualTo(every.rows(database));
        assertThat(InstanceKey.find(to)).isEqualTo(InstanceKey.find(from));
        try (var open = Database.open(restored)) {
            assertThat(open.answers()).isTrue();
        }
        if (source == Kind.SQLITE && target == Kind.SQLITE)
            assertThat(every.literals(to.resolve("transpack.db")))
                    .isEqualTo(every.literals(from.resolve("transpack.db")));
    }

    @Test
    void aDatabaseMovesThereAndBackWithoutAnyValueChanging() throws Exception {
        var every = new EveryTable(folder);
        var sqlite = database(Kind.SQLITE, from);
        every.fill(sqlite);
        create(sqlite);
        var postgres = PostgresServer.newDatabase();
        new Restore(postgres, folder.resolve("between")).from(file);
        new Backup(postgres, folder.resolve("between"), "2", InstantSource.system()).create(file, true);
        new Restore(database(Kind.SQLITE, to), to).from(file);
        assertThat(every.literals(to.resolve("transpack.db"))).isEqualTo(every.literals(from.resolve("transpack.db")));
    }

    /// Two tables get a row each in every transaction; between them lies one that takes a while to copy.
    @ParameterizedTest
    @EnumSource
    void aBackupIsOfOneMomentWhileRowsAreWritten(Kind kind) throws Exception {
        var settings = database(kind, from);
        try (var database = Database.open(settings);
                var threads = Executors.newSingleThreadExecutor()) {
            database.inTransaction(() -> accounts(database));
            var over = new AtomicBoolean();
            var begun = new CountDownLatch(20);
            var writing = threads.submit(() -> {
                var pairs = 0;
                for (; !over.get(); begun.countDown()) pair(database, pairs++);
                return pairs;
            });
            BackupHeader header;
            try {
                begun.await();
                header = create(settings);
            } finally {
                over.set(true);
            }
            assertThat(rows(header, "jobs")).isEqualTo(rows(header, "audit")).isBetween(20L, writing.get() - 1L);
            assertThat(rows(header, "accounts")).isEqualTo(5_000);
        }
    }

    @Test
    void theFileIsItsOwnersAloneAndNothingStaysBesideIt() throws Exception {
        Database.open(database(Kind.SQLITE, from)).close();
        create(database(Kind.SQLITE, from));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var there = Files.list(folder)) {
            assertThat(there).containsExactlyInAnyOrder(from, file);
        }
    }

    /// It holds the instance key.
    @Test
    void whatAKilledOneLeftIsRemovedByALaterOne() throws Exception {
        var killed = Files.writeString(folder.resolve(".transpack-backup1.new"), "the key");
        Files.setLastModifiedTime(killed, FileTime.from(NOW.minus(Duration.ofHours(25))));
        var running = Files.writeString(folder.resolve(".transpack-backup2.new"), "the key");
        Files.setLastModifiedTime(running, FileTime.from(NOW.minus(Duration.ofHours(23))));
        create(made());
        assertThat(killed).doesNotExist();
        assertThat(running).exists();
    }

    @Test
    void ofTwoOfOneNameThatAreMadeAtOnceOneIsRefused() throws Exception {
        var database = made();
        Callable<Throwable> make = () -> catchThrowable(() -> create(database));
        try (var threads = Executors.newFixedThreadPool(2)) {
            var failures = new ArrayList<Throwable>();
            for (var each : threads.invokeAll(List.of(make, make))) if (each.get() != null) failures.add(each.get());
            assertThat(failures).singleElement().asString().contains(" is there already");
        }
        assertThat(Backup.verify(file).rows()).isNotNegative();
    }

    /// The rows of a version before are back before what follows is done to them: the second migration empties a ledger
    /// that nobody reads any more, and a later one gives packs a column.
    @ParameterizedTest
    @EnumSource
    void anOlderSchemaIsRestoredAndThenBroughtUpToDate(Kind kind) throws Exception {
        var old = database(Kind.SQLITE, from);
        var source = new SQLiteDataSource();
        source.setUrl(old.url());
        Migrations.run(old, source, 1);
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into packs (id, name, state, download_id, download_name, source, request, destination,
                        source_bytes, total_bytes, files, created_by, created_at)
                    values ('p', 'Film', 'READY', 'd', 'Film', '/d/Film', '{}', 'box', 1, 1, 1, 'ann', 1)""");
            statement.execute("insert into parts values ('p', 0, 1, 1, 'e', 's', 1, 1, x'00', 1)");
            statement.execute("insert into parts values ('other', 0, 1, 1, 'e', 's', 1, 1, x'00', 1)");
        }
        assertThat(create(old).schema()).isOne();

        var restored = database(kind, to);
        new Restore(restored, to).from(file);
        try (var database = Database.open(restored)) {
            assertThat(database.reads()
                            .sql("select pack_id from parts")
                            .query(String.class)
                            .list())
                    .containsExactly("other");
            assertThat(database.reads()
                            .sql("select on_box from packs")
                            .query(Boolean.class)
                            .single())
                    .isFalse();
        }
        try (var connection = DatabaseProbe.connect(restored)) {
            assertThat(Migrations.version(connection)).contains(Migrations.newest());
        }
    }

    private void accounts(Database database) {
        for (var n = 0; n < 5_000; n++)
            database.writes()
                    .sql("insert into accounts (id, name, password_hash, role, must_change_password, disabled,"
                            + " created_at) values (?, ?, 'x', 'MEMBER', false, false, 1)")
                    .params("a" + n, "a" + n)
                    .update();
    }

    private static void pair(Database database, int n) {
        database.inTransaction(() -> {
            database.writes().sql("""
                            insert into jobs (id, kind, version, subject, payload, state, fence, attempts,
                                cancel_requested, done_bytes, total_bytes, bytes_per_second, created_at)
                            values (?, 'k', 1, 's', 'p', 'DONE', 1, 1, false, 1, 1, 1, 1)""").param("j" + n).update();
            database.writes()
                    .sql(
                            "insert into audit (id, at, account, action, subject, address) values (?, 1, 'a', 'b', 'c', 'd')")
                    .param("u" + n)
                    .update();
        });
    }

    private DatabaseSettings made() {
        var settings = database(Kind.SQLITE, from);
        Database.open(settings).close();
        return settings;
    }

    private BackupHeader create(DatabaseSettings database) {
        return new Backup(database, from, "1.2.3", InstantSource.fixed(NOW)).create(file, false);
    }

    private static long rows(BackupHeader header, String table) {
        return header.tables().stream()
                .filter(each -> each.table().equals(table))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    static DatabaseSettings database(Kind kind, Path dataDir) {
        return kind == Kind.SQLITE
                ? DatabaseSettings.file(dataDir.resolve("transpack.db"))
                : PostgresServer.newDatabase();
    }
}
