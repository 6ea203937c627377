package dev.transpack.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.SmallDisk;
import dev.transpack.settings.InstanceKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no backup, or has no place to go, is refused in a sentence, and nothing is changed.
@Timeout(180)
class BackupRefusedTest {
    @TempDir
    Path folder;

    private Path from;
    private Path to;
    private Path file;
    private DatabaseSettings database;
    private DatabaseSettings target;

    @BeforeEach
    void makeBackup() throws Exception {
        from = Files.createDirectories(folder.resolve("from"));
        to = folder.resolve("to");
        file = folder.resolve("t.backup");
        database = DatabaseSettings.file(from.resolve("transpack.db"));
        target = DatabaseSettings.file(to.resolve("transpack.db"));
        InstanceKey.of(from);
        try (var open = Database.open(database)) {
            account(open, "anna");
        }
        create(file, false);
    }

    @Test
    void anyFlippedBitIsFound() throws Exception {
        var whole = Files.readAllBytes(file);
        for (var at = 0; at < whole.length; at += 977) {
            var flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(file, flipped);
            assertThatThrownBy(() -> Backup.verify(file)).as("byte " + at).isInstanceOf(BackupException.class);
        }
        whole[whole.length / 2] ^= 1;
        Files.write(file, whole);
        assertRefused(file
                + " is damaged (its checksum is not the one of its contents): take another copy or an older backup.");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 4096, 100_000, -1})
    void aTruncatedFileIsDamaged(int length) throws Exception {
        var whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, length < 0 ? whole.length + length : length));
        assertRefused(" is damaged (");
    }

    @Test
    void whatIsNoBackupIsNamed() throws Exception {
        var other = " is no backup of Transpack: name a file that 'transpack backup create' made.";
        for (var text :
                List.of("", "not a backup, but long enough for a look at its first bytes", "x".repeat(10_000))) {
            Files.writeString(file, text);
            assertRefused(file + other);
        }
        Files.copy(from.resolve("transpack.db"), file, StandardCopyOption.REPLACE_EXISTING);
        assertRefused(file + other);
        Files.delete(file);
        assertRefused("There is no file " + file + ": name one that 'transpack backup create' made.");
    }

    @Test
    void aBackupOfANewerVersionIsRefused() throws Exception {
        rewrite("update transpack_backup set value = '99' where name = 'schema'");
        assertRefused("This backup was made by Transpack 1.2.3, which is newer than this one: restore it with that"
                + " version or a later one.");
        rewrite("update transpack_backup set value = '2' where name = 'format'");
        assertRefused("which is newer than this one");
    }

    @Test
    void rowsThatAreMissingOrNamesThatAreNotOursAreDamage() throws Exception {
        rewrite("delete from accounts");
        assertRefused("is damaged (rows are missing)");
        rewrite("create table \"x; drop table accounts\" (a text)");
        assertRefused("a name that is not ours");
        rewrite("delete from transpack_backup where name = 'schema'");
        assertRefused("is damaged (its header does not say 'schema')");
    }

    @Test
    void onlyAnEmptyDatabaseIsRestoredInto() throws Exception {
        try (var open = Database.open(target)) {
            account(open, "boss");
        }
        assertThatThrownBy(() -> new Restore(target, to).from(file))
                .hasMessage("The database at jdbc:sqlite:" + to.resolve("transpack.db") + " is not empty (it has"
                        + " accounts): set data-dir to a new folder, or move this one away.");
        assertThat(names(target)).containsExactly("boss");
        assertThat(to.resolve("instance.key")).doesNotExist();
        try (var open = Database.open(target)) {
            open.writes().sql("delete from accounts").update();
        }
        new Restore(target, to).from(file);
        assertThat(names(target)).containsExactly("anna");
    }

    @Test
    void anEmptyPostgresIsRestoredIntoAndOneWithRowsIsNot() {
        var postgres = PostgresServer.newDatabase();
        Database.open(postgres).close();
        new Restore(postgres, to).from(file);
        assertThat(names(postgres)).containsExactly("anna");
        assertThatThrownBy(() -> new Restore(postgres, to).from(file))
                .hasMessageContaining("is not empty (it has accounts): set database.url to a new database");
    }

    @Test
    void aDatabaseThatIsOpenIsLeftAlone() {
        for (var open : List.of(target, PostgresServer.newDatabase()))
            try (var _ = Database.open(open)) {
                assertThatThrownBy(() -> new Restore(open, to).from(file))
                        .hasMessageContaining("is in use by a running Transpack: stop it first, and its workers.");
            }
    }

    @Test
    void anotherInstanceKeyIsNeverReplaced() throws Exception {
        InstanceKey.of(to);
        var key = Files.readString(to.resolve("instance.key"));
        assertThatThrownBy(() -> new Restore(target, to).from(file))
                .hasMessage("There is another instance.key in " + to
                        + ": set data-dir to a new folder, or move that file away.");
        assertThat(Files.readString(to.resolve("instance.key"))).isEqualTo(key);
        assertThat(to.resolve("transpack.db")).doesNotExist();
    }

    /// SQLite looks at no length, PostgreSQL does: the last row of a table fails.
    @Test
    void aRestoreThatFailsHalfWayLeavesNothing() {
        try (var open = Database.open(database)) {
            account(open, "b".repeat(200));
        }
        create(file, true);
        var postgres = PostgresServer.newDatabase();
        assertThatThrownBy(() -> new Restore(postgres, to).from(file))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("could not be restored into the database at jdbc:postgresql:")
                .hasMessageContaining("too long")
                .hasMessageEndingWith("Nothing was restored; look at the database, then try again.");
        assertThat(names(postgres)).isEmpty();
        assertThat(to.resolve("instance.key")).doesNotExist();
    }

    @Test
    void aDiskThatIsFullOnTheWayBackLeavesNothing() throws Exception {
        var disk = SmallDisk.mount(folder, "400k");
        if (disk.isEmpty()) return;
        try (var small = disk.get()) {
            manyAccounts();
            create(file, true);
            var full = DatabaseSettings.file(small.folder().resolve("transpack.db"));
            assertThatThrownBy(() -> new Restore(full, small.folder()).from(file))
                    .hasMessageStartingWith("There is no room left on the disk of " + small.folder());
            assertThat(small.folder()).isEmptyDirectory();
        }
    }

    @Test
    void aBackupIsWrittenOverNothingAndWhereItCanBe() throws Exception {
        var before = Files.readAllBytes(file);
        assertThatThrownBy(() -> create(file, false))
                .hasMessage(file + " is there already: name another file, or have this one replaced with --force.");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        create(file, true);
        assertThatThrownBy(() -> create(folder, true)).hasMessage(folder + " is a folder: name a file in it.");
        var live = database.sqliteFile();
        assertThatThrownBy(() -> create(live, true)).hasMessageContaining("is what is backed up");
        var key = from.resolve("../" + from.getFileName() + "/instance.key");
        assertThatThrownBy(() -> create(key, true)).hasMessageContaining("is what is backed up");
        assertThatThrownBy(() -> create(folder.resolve("none/t.backup"), false))
                .hasMessage(
                        "There is no folder " + folder.resolve("none") + ": make it, or name a file in another one.");
        assertThatThrownBy(() -> create(Path.of("/proc/t.backup"), false))
                .hasMessage("The folder /proc cannot be written to by this user: set the folder of FILE to a folder"
                        + " that this user may write to.");
    }

    @Test
    void aFullDiskIsNamedAndKeepsNothing() throws Exception {
        manyAccounts();
        for (var size : List.of("8k", "64k", "500k")) {
            var disk = SmallDisk.mount(folder, size);
            if (disk.isEmpty()) return;
            try (var small = disk.get()) {
                assertThatThrownBy(() -> create(small.folder().resolve("t.backup"), false))
                        .as(size)
                        .hasMessage("There is no room left on the disk of " + small.folder()
                                + ": make room there, or set the folder of FILE to a folder on another disk.");
                assertThat(small.folder()).isEmptyDirectory();
            }
        }
    }

    @Test
    void withoutDatabaseOrKeyThereIsNoBackup() throws Exception {
        var none = folder.resolve("none");
        assertThatThrownBy(() -> new Backup(database, none, "1", InstantSource.system()).create(file, true))
                .hasMessageStartingWith("There is no instance.key in " + none + ": set data-dir");
        InstanceKey.of(none);
        var nothing = DatabaseSettings.file(none.resolve("transpack.db"));
        assertThatThrownBy(() -> new Backup(nothing, none, "1", InstantSource.system()).create(file, true))
                .hasMessageStartingWith("There is no database of Transpack at jdbc:sqlite:" + none);
        assertThat(none.resolve("transpack.db")).doesNotExist();
        assertThatThrownBy(() ->
                        new Backup(PostgresServer.newDatabase(), none, "1", InstantSource.system()).create(file, true))
                .hasMessageStartingWith("There is no database of Transpack at jdbc:postgresql:");
        Backup.verify(file);
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> new Restore(target, to).from(file))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(sentence);
        assertThat(to).doesNotExist();
    }

    /// As somebody would who knows how a backup is sealed.
    private void rewrite(String statement) throws Exception {
        create(file, true);
        var backup = new BackupFile(file);
        try (var connection = backup.writing().getConnection();
                var rows = connection.createStatement()) {
            rows.execute(statement);
        }
        backup.seal();
    }

    private void create(Path file, boolean replace) {
        new Backup(database, from, "1.2.3", InstantSource.system()).create(file, replace);
    }

    private void manyAccounts() {
        try (var open = Database.open(database)) {
            open.inTransaction(() -> {
                for (var n = 0; n < 10_000; n++) account(open, "someone " + n);
            });
        }
    }

    private static void account(Database database, String name) {
        database.writes()
                .sql("insert into accounts (id, name, password_hash, role, must_change_password, disabled,"
                        + " created_at) values (?, ?, 'x', 'MEMBER', false, false, 1)")
                .params("id of " + name.substring(0, 1) + name.hashCode(), name)
                .update();
    }

    private static List<String> names(DatabaseSettings settings) {
        try (var database = Database.open(settings)) {
            return database.reads()
                    .sql("select name from accounts")
                    .query(String.class)
                    .list();
        }
    }
}
