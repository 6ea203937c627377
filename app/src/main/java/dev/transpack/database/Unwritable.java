package dev.transpack.database;

import dev.transpack.settings.FolderException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;

/// Tells a full disk, a lock of somebody else's, a read-only database and one that is away from everything else that a
/// database refuses.
final class Unwritable implements SQLExceptionTranslator {
    /// What SQLite says beside SQLITE_FULL, when its shared memory or its log cannot grow.
    private static final Set<Integer> ALSO_FULL =
            Set.of(SQLiteErrorCode.SQLITE_IOERR.code, SQLiteErrorCode.SQLITE_CANTOPEN.code);
    private static final Set<Integer> LOCKED =
            Set.of(SQLiteErrorCode.SQLITE_BUSY.code, SQLiteErrorCode.SQLITE_LOCKED.code);
    private static final int PRIMARY = 0xff;
    private static final String POSTGRES_DISK_FULL = "53100";
    private static final String POSTGRES_READ_ONLY = "25006";
    /// It ends, crashed, or starts; it has too many connections (postgresql.org/docs/current/errcodes-appendix).
    private static final Set<String> POSTGRES_AWAY = Set.of("57P01", "57P02", "57P03", "53300");
    private static final String POSTGRES_NO_CONNECTION = "08";

    private final DatabaseSettings settings;
    private final SQLExceptionTranslator others;

    Unwritable(DatabaseSettings settings, SQLExceptionTranslator others) {
        this.settings = settings;
        this.others = others;
    }

    /// @throws DatabaseUnwritableException if one of these is why
    static void refuse(DatabaseSettings settings, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql) {
                var known = known(settings, sql);
                if (known != null) throw known;
            }
    }

    /// Whether somebody else holds a lock of SQLite's.
    static boolean isLocked(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql && LOCKED.contains(primary(sql))) return true;
        return false;
    }

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
        var known = known(settings, failure);
        return known == null ? others.translate(task, sql, failure) : known;
    }

    private static @Nullable DatabaseUnwritableException known(DatabaseSettings settings, SQLException failure) {
        if (isFull(settings, failure)) return new DatabaseFullException(full(settings), failure);
        if (settings.isSqlite() && LOCKED.contains(primary(failure)))
            return new DatabaseUnwritableException(
                    "Another program has locked the database at " + settings.place()
                            + ": end that program, then try again.",
                    failure);
        if (isReadOnly(settings, failure))
            return new DatabaseUnwritableException(
                    "The database at " + settings.place() + " is read-only: make " + whatIsReadOnly(settings)
                            + ", then try again.",
                    failure);
        if (isAway(settings, failure))
            return new DatabaseUnwritableException(
                    "The database at " + settings.place()
                            + " does not answer: start it, or mend the network, then try again.",
                    failure);
        return null;
    }

    /// A pool that waited in vain says nothing else.
    private static boolean isAway(DatabaseSettings settings, SQLException failure) {
        if (settings.isSqlite()) return false;
        var state = String.valueOf(failure.getSQLState());
        return failure instanceof SQLTransientConnectionException
                || state.startsWith(POSTGRES_NO_CONNECTION)
                || POSTGRES_AWAY.contains(state);
    }

    private static boolean isFull(DatabaseSettings settings, SQLException failure) {
        if (!settings.isSqlite()) return POSTGRES_DISK_FULL.equals(failure.getSQLState());
        var code = primary(failure);
        return code == SQLiteErrorCode.SQLITE_FULL.code
                || (ALSO_FULL.contains(code) && FolderException.hasNoRoom(settings.folder()));
    }

    private static boolean isReadOnly(DatabaseSettings settings, SQLException failure) {
        return settings.isSqlite()
                ? primary(failure) == SQLiteErrorCode.SQLITE_READONLY.code
                : POSTGRES_READ_ONLY.equals(failure.getSQLState());
    }

    private static int primary(SQLException failure) {
        return failure.getErrorCode() & PRIMARY;
    }

    private static String full(DatabaseSettings settings) {
        return settings.isSqlite()
                ? FolderException.full(settings.folder(), settings.setting())
                : "There is no room left on the disk of the database at " + settings.place() + ": make room there.";
    }

    private static String whatIsReadOnly(DatabaseSettings settings) {
        return settings.isSqlite() ? "the file, its folder and their disk writable for this user" : "it take writes";
    }
}
