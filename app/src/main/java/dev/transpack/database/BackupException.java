package dev.transpack.database;

/// A backup cannot be made, is not one, or cannot be restored there; the message is one sentence with the remedy.
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupException(String sentence) {
        super(sentence);
    }

    BackupException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
