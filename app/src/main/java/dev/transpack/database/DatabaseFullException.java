package dev.transpack.database;

/// The disk of the database is full.
public final class DatabaseFullException extends DatabaseUnwritableException {
    private static final long serialVersionUID = 1L;

    DatabaseFullException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
