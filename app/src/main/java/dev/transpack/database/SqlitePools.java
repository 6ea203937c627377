package dev.transpack.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/// SQLite in WAL mode: one connection writes, a few read. An acknowledged commit is on the disk (synchronous=FULL).
final class SqlitePools {
    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 20_000;
    private static final Duration PAUSE = Duration.ofMillis(50);
    /// SQLite's locks do not hold there (sqlite.org/faq, "over a network").
    private static final Set<String> NETWORK =
            Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.rclone");

    private SqlitePools() {}

    static Pools open(DatabaseSettings settings) {
        prepare(settings);
        var writer = pool(settings, TransactionMode.IMMEDIATE, 1, false);
        try {
            return new Pools(writer, pool(settings, TransactionMode.DEFERRED, READERS, true));
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static void prepare(DatabaseSettings settings) {
        var file = settings.sqliteFile();
        var folder = settings.folder();
        try {
            Files.createDirectories(folder);
            var type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
            if (NETWORK.contains(type))
                throw new DatabaseException("The database cannot live on a network file system (" + folder + " is "
                        + type + "): set data-dir to a local disk, or database.url to PostgreSQL.");
            if (Files.notExists(file))
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.exists(file)) throw FolderException.of(folder, settings.setting(), e);
            // Another process starts beside this one and was quicker.
        } catch (IOException e) {
            throw FolderException.of(folder, settings.setting(), e);
        }
    }

    private static HikariDataSource pool(DatabaseSettings settings, TransactionMode mode, int size, boolean readOnly) {
        var sqlite = new SQLiteConfig();
        sqlite.setJournalMode(JournalMode.WAL);
        sqlite.setSynchronous(SynchronousMode.FULL);
        sqlite.setBusyTimeout(BUSY_MILLIS);
        sqlite.setTransactionMode(mode);
        sqlite.enforceForeignKeys(true);
        var config = new HikariConfig();
        config.setDataSource(SqliteConnection.source(settings, sqlite));
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(BUSY_MILLIS + 10_000L);
        if (readOnly) config.setConnectionInitSql("pragma query_only = on");
        return opened(settings, config);
    }

    /// A new file changes to WAL when it is first opened. SQLite does not wait for another process that does that at
    /// the same moment, so it is waited for here.
    private static HikariDataSource opened(DatabaseSettings settings, HikariConfig config) {
        var patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);
        while (true) {
            try {
                return new HikariDataSource(config);
            } catch (HikariPool.PoolInitializationException e) {
                if (!Unwritable.isLocked(e) || System.nanoTime() > patience) throw refused(settings, e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static DatabaseException refused(DatabaseSettings settings, RuntimeException e) {
        Unwritable.refuse(settings, e);
        return new DatabaseException(
                "The database file " + settings.sqliteFile() + " cannot be opened: " + Database.firstLine(e)
                        + " Check that the disk has room and that this user may write there.",
                e);
    }
}
