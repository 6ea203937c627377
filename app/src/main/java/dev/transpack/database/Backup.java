package dev.transpack.database;

import dev.transpack.settings.FolderException;
import dev.transpack.settings.InstanceKey;
import dev.transpack.settings.NewFile;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Everything that Transpack knows in one file: the database as it was at one moment, and the instance key. It is a
/// SQLite database whichever kind it was made from, so each may be restored into the other.
public final class Backup {
    private static final String FOLDER = "the folder of FILE";
    private static final String BEGUN = ".transpack-backup";
    private static final Duration STALE = Duration.ofDays(1);

    private final DatabaseSettings database;
    private final Path dataDir;
    private final String program;
    private final InstantSource clock;

    /// @param program the version that makes the backup
    public Backup(DatabaseSettings database, Path dataDir, String program, InstantSource clock) {
        this.database = database;
        this.dataDir = dataDir;
        this.program = program;
        this.clock = clock;
    }

    /// Makes one, while others write to the database or not, and changes nothing there. The file is its owner's alone
    /// and has its name only when it was read again from the disk and found right.
    ///
    /// @param replace whether a file of that name may be replaced
    /// @throws BackupException in one sentence, when that cannot be; and so do [DatabaseException],
    ///     [FolderException] and the settings' own
    public BackupHeader create(Path file, boolean replace) {
        var folder = folder(file, replace);
        var key = key();
        try {
            return create(key, file, folder, replace);
        } catch (IOException e) {
            throw FolderException.of(folder, FOLDER, e);
        } catch (DatabaseFullException e) {
            throw new BackupException(FolderException.full(folder, FOLDER), e);
        } catch (SQLException e) {
            throw new BackupException(
                    "The database at " + database.place() + " could not be read: " + Database.firstLine(e)
                            + " Try again, and look at the database if it happens again.",
                    e);
        }
    }

    /// Looks whether a file is a whole backup that this program can restore.
    ///
    /// @throws BackupException in one sentence, when it is not
    public static BackupHeader verify(Path path) {
        var file = new BackupFile(path);
        try {
            file.requireWhole();
            return contents(file);
        } catch (IOException e) {
            throw new BackupException("The file " + path + " cannot be read: check that this user may read it.", e);
        } catch (SQLException e) {
            throw file.damaged(Database.firstLine(e));
        }
    }

    private static BackupHeader contents(BackupFile file) throws SQLException {
        try (var connection = file.reading().getConnection()) {
            var header = BackupHeader.read(connection);
            if (header.schema() > Migrations.newest()) throw BackupHeader.newer(header.program());
            requireIntegrity(connection);
            var tables = new ArrayList<BackupHeader.TableRows>();
            for (var table : CopiedTable.of(connection))
                tables.add(new BackupHeader.TableRows(table.name(), table.count(connection)));
            if (!tables.stream().sorted(BackupHeader.BY_NAME).toList().equals(header.tables()))
                throw new SQLException("rows are missing");
            return header;
        }
    }

    private static void requireIntegrity(Connection sqlite) throws SQLException {
        try (var statement = sqlite.createStatement();
                var row = statement.executeQuery("pragma integrity_check(1)")) {
            var said = row.next() ? row.getString(1) : "nothing";
            if (!said.equals("ok")) throw new SQLException(said);
        }
    }

    private Path folder(Path file, boolean replace) {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file))
            throw new BackupException(file + " is a folder: name a file in it.");
        if (Files.notExists(folder))
            throw new BackupException("There is no folder " + folder + ": make it, or name a file in another one.");
        if (isInUse(file)) throw new BackupException(file + " is what is backed up: name another file.");
        if (!replace && Files.exists(file)) throw alreadyThere(file);
        return folder;
    }

    private boolean isInUse(Path file) {
        var own = new ArrayList<>(List.of(InstanceKey.file(dataDir)));
        if (database.isSqlite()) own.addAll(database.sqliteFiles());
        return own.stream().anyMatch(each -> isSame(each, file));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false; // one of them is not there
        }
    }

    private static BackupException alreadyThere(Path file) {
        return new BackupException(
                file + " is there already: name another file, or have this one replaced with --force.");
    }

    private Secret key() {
        return InstanceKey.find(dataDir)
                .orElseThrow(() -> new BackupException("There is no instance.key in " + dataDir
                        + ": set data-dir to the data directory of the server, which makes one when it starts."));
    }

    private BackupHeader create(Secret key, Path file, Path folder, boolean replace) throws IOException, SQLException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        removeStale(folder);
        var fresh = Files.createTempFile(folder, BEGUN, ".new", onlyOwner);
        fresh.toFile().deleteOnExit();
        try {
            fill(new BackupFile(fresh), key);
            var header = verify(fresh);
            if (replace) NewFile.replace(fresh, file);
            else NewFile.publish(fresh, file);
            return header;
        } catch (FileAlreadyExistsException e) {
            throw alreadyThere(file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// What a killed run left holds the instance key. None takes a day.
    private void removeStale(Path folder) {
        var before = FileTime.from(clock.instant().minus(STALE));
        try (var begun = Files.newDirectoryStream(folder, BEGUN + "*.new*")) {
            for (var each : begun)
                if (Files.getLastModifiedTime(each).compareTo(before) < 0) Files.deleteIfExists(each);
        } catch (IOException | DirectoryIteratorException e) {
            // Another run was quicker, or another user's was killed: no reason to make no backup.
        }
    }

    private void fill(BackupFile file, Secret key) throws IOException, SQLException {
        if (database.isSqlite() && Files.notExists(database.sqliteFile())) throw nothingThere();
        try (var source = DatabaseProbe.connect(database)) {
            var moment = snapshot(source);
            var schema = Migrations.version(source).orElseThrow(this::nothingThere);
            if (schema > Migrations.newest())
                throw new BackupException("The database at " + database.place()
                        + " was written by a newer Transpack than this one: use that for the backup.");
            var place = DatabaseSettings.file(file.path());
            Migrations.run(place, file.writing(), schema);
            try (var target = file.writing().getConnection()) {
                copy(source, target, new Contents(schema, moment, key), place);
            }
        }
        file.seal();
    }

    private record Contents(int schema, Instant madeAt, Secret key) {}

    private void copy(Connection source, Connection target, Contents contents, DatabaseSettings place)
            throws SQLException {
        try {
            target.setAutoCommit(false);
            var rows = new ArrayList<BackupHeader.TableRows>();
            for (var table : CopiedTable.of(target))
                rows.add(new BackupHeader.TableRows(table.name(), table.copy(source, target)));
            var kind = database.isSqlite() ? "SQLite" : "PostgreSQL";
            new BackupHeader(program, contents.schema, contents.madeAt, kind, contents.key, rows).write(target);
            BackupFile.mark(target);
            target.commit();
        } catch (SQLException e) {
            Unwritable.refuse(place, e);
            throw e;
        }
    }

    /// From its first question on this connection sees one moment, whatever others commit.
    ///
    /// @return when that is
    private Instant snapshot(Connection source) throws SQLException {
        if (database.isSqlite()) {
            try (var statement = source.createStatement()) {
                statement.execute("pragma busy_timeout = 20000");
                statement.execute("pragma query_only = on");
            }
        } else {
            source.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            source.setReadOnly(true);
        }
        source.setAutoCommit(false);
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private BackupException nothingThere() {
        return new BackupException("There is no database of Transpack at " + database.place()
                + " yet: set data-dir or database.url to the ones of the server.");
    }
}
