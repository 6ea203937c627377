package dev.transpack.database;

import org.springframework.dao.DataAccessResourceFailureException;

/// The disk of the database is full: nothing was written. The message is one sentence with the remedy.
public final class DatabaseFullException extends DataAccessResourceFailureException {
    private static final long serialVersionUID = 1L;

    DatabaseFullException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
