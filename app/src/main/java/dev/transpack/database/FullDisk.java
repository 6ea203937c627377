package dev.transpack.database;

import dev.transpack.settings.FolderException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;

/// Tells a full disk from everything else that a database refuses.
final class FullDisk implements SQLExceptionTranslator {
    /// What SQLite says beside SQLITE_FULL, when its shared memory or its log cannot grow.
    private static final Set<Integer> ALSO =
            Set.of(SQLiteErrorCode.SQLITE_IOERR.code, SQLiteErrorCode.SQLITE_CANTOPEN.code);
    private static final int PRIMARY = 0xff;
    private static final String POSTGRES_DISK_FULL = "53100";

    private final DatabaseSettings settings;
    private final SQLExceptionTranslator others;

    FullDisk(DatabaseSettings settings, SQLExceptionTranslator others) {
        this.settings = settings;
        this.others = others;
    }

    /// @throws DatabaseFullException if that is why
    static void refuse(DatabaseSettings settings, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql && is(settings, sql))
                throw new DatabaseFullException(sentence(settings), failure);
    }

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
        return is(settings, failure)
                ? new DatabaseFullException(sentence(settings), failure)
                : others.translate(task, sql, failure);
    }

    private static boolean is(DatabaseSettings settings, SQLException failure) {
        if (!settings.isSqlite()) return POSTGRES_DISK_FULL.equals(failure.getSQLState());
        var code = failure.getErrorCode() & PRIMARY;
        return code == SQLiteErrorCode.SQLITE_FULL.code
                || (ALSO.contains(code) && FolderException.hasNoRoom(settings.folder()));
    }

    private static String sentence(DatabaseSettings settings) {
        return settings.isSqlite()
                ? FolderException.full(settings.folder(), settings.setting())
                : "There is no room left on the disk of the database at " + settings.place() + ": make room there.";
    }
}
