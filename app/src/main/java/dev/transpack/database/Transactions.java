package dev.transpack.database;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.DefaultTransactionStatus;

/// Transactions whose failures are told as those of single statements are.
final class Transactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;

    Transactions(DataSource source, SQLExceptionTranslator failures) {
        super(source);
        setExceptionTranslator(failures);
    }

    /// SQLite has ended the transaction itself when the disk is full (sqlite.org/lang_transaction.html): the failure
    /// that did so is the one to tell.
    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (RuntimeException e) {
            if (!endedBefore(e)) throw e;
        }
    }

    private static boolean endedBefore(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause())
            if (String.valueOf(cause.getMessage()).contains("no transaction is active")) return true;
        return false;
    }
}
