package dev.transpack.database;

import dev.transpack.settings.InstanceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Puts a backup back: into an empty database of either kind, and beside it the instance key. All of it or nothing.
public final class Restore {
    private final DatabaseSettings database;
    private final Path dataDir;

    public Restore(DatabaseSettings database, Path dataDir) {
        this.database = database;
        this.dataDir = dataDir;
    }

    /// Restores; a backup of an older version is then brought up to date.
    ///
    /// @throws BackupException in one sentence, when that cannot be: then nothing was changed; and so do
    ///     [DatabaseException] and the settings' own
    public BackupHeader from(Path path) {
        var header = Backup.verify(path);
        requireNoOtherKey(header);
        var file = new BackupFile(path);
        try {
            DatabaseInUse.refuse(database);
            requireEmpty(file, header);
        } catch (SQLException e) {
            throw failed(e);
        }
        var absent = absent();
        try {
            InstanceKey.restore(dataDir, header.key());
            requireNoOtherKey(header); // a server may have started meanwhile
            fill(file, header);
        } catch (RuntimeException e) {
            if (isFree()) remove(absent);
            throw e;
        }
        Database.open(database).close();
        return header;
    }

    private void requireNoOtherKey(BackupHeader header) {
        InstanceKey.find(dataDir).filter(key -> !key.equals(header.key())).ifPresent(other -> {
            throw new BackupException("There is another instance.key in " + dataDir
                    + ": set data-dir to a new folder, or move that file away.");
        });
    }

    /// Looks, without making anything.
    private void requireEmpty(BackupFile file, BackupHeader header) throws SQLException {
        if (database.isSqlite() && Files.notExists(database.sqliteFile())) return;
        try (var backup = file.reading().getConnection();
                var target = DatabaseProbe.connect(database)) {
            var version = Migrations.version(target);
            if (version.isPresent() && version.get() > header.schema())
                throw new BackupException("The database at " + database.place() + " has the tables of a newer version"
                        + " than the backup, though no rows: " + remedy());
            requireEmpty(CopiedTable.of(backup), target);
        }
    }

    private void requireEmpty(List<CopiedTable> tables, Connection target) throws SQLException {
        for (var table : tables)
            if (table.isUsed(target))
                throw new BackupException("The database at " + database.place() + " is not empty (it has "
                        + table.name().replace('_', ' ') + "): " + remedy());
    }

    private String remedy() {
        var place = !database.isSqlite() || database.setting().equals("database.url")
                ? "database.url to a new database"
                : "data-dir to a new folder";
        return "set " + place + ", or move this one away.";
    }

    private void fill(BackupFile file, BackupHeader header) {
        var pools = database.isSqlite() ? SqlitePools.open(database) : PostgresPools.open(database);
        try (var writer = pools.writer();
                var _ = pools.reader()) {
            Database.refuseForeign(writer, database);
            Migrations.run(database, writer, header.schema());
            copy(file.reading(), writer);
        } catch (SQLException e) {
            Unwritable.refuse(database, e);
            throw failed(e);
        }
    }

    private void copy(DataSource backup, DataSource into) throws SQLException {
        try (var source = backup.getConnection();
                var target = into.getConnection()) {
            target.setAutoCommit(false);
            var tables = CopiedTable.of(source);
            keepOthersOut(tables, target);
            requireEmpty(tables, target);
            for (var table : tables) table.copy(source, target);
            target.commit();
        }
    }

    /// SQLite has one writer anyway, which this connection is from its first word on.
    private void keepOthersOut(List<CopiedTable> tables, Connection target) throws SQLException {
        if (database.isSqlite()) return;
        try (var statement = target.createStatement()) {
            statement.execute("lock table "
                    + tables.stream().map(CopiedTable::name).collect(Collectors.joining(", "))
                    + " in exclusive mode");
        }
    }

    /// What is made here if anything is: nothing of a database that is there already.
    private List<Path> absent() {
        var absent = new ArrayList<Path>();
        if (Files.notExists(InstanceKey.file(dataDir))) absent.add(InstanceKey.file(dataDir));
        if (database.isSqlite() && Files.notExists(database.sqliteFile())) absent.addAll(database.sqliteFiles());
        return absent;
    }

    private boolean isFree() {
        try {
            DatabaseInUse.refuse(database);
            return true;
        } catch (SQLException | BackupException e) {
            return false; // or nobody can say
        }
    }

    private static void remove(List<Path> made) {
        for (var file : made)
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // What stays is an empty database and the backup's own key, which the next restore takes as they are.
            }
    }

    private BackupException failed(SQLException e) {
        return new BackupException(
                "The backup could not be restored into the database at " + database.place() + ": "
                        + Database.firstLine(e) + " Nothing was restored; look at the database, then try again.",
                e);
    }
}
