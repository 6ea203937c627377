package dev.transpack.database;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/// Transactions whose failures are told as those of single statements are.
final class Transactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;
    /// What SQLite says, and the pool of a connection that broke.
    private static final List<String> ENDED = List.of("no transaction is active", "Connection is closed");

    Transactions(DataSource source, SQLExceptionTranslator failures) {
        super(source);
        setExceptionTranslator(failures);
    }

    /// Who has no connection reads why.
    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        try {
            super.doBegin(transaction, definition);
        } catch (CannotCreateTransactionException e) {
            if (e.getCause() instanceof DatabaseUnwritableException why) throw why;
            if (e.getCause() instanceof SQLException sql
                    && getExceptionTranslator().translate("begin", null, sql)
                            instanceof DatabaseUnwritableException why) throw why;
            throw e;
        }
    }

    /// SQLite has ended the transaction itself when the disk is full (sqlite.org/lang_transaction.html), PostgreSQL
    /// when it ends the connection: the failure that did so is the one to tell.
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
            if (cause instanceof DatabaseUnwritableException
                    || ENDED.stream().anyMatch(String.valueOf(cause.getMessage())::contains)) return true;
        return false;
    }
}
