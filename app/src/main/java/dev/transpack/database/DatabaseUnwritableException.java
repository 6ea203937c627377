package dev.transpack.database;

import org.springframework.dao.DataAccessResourceFailureException;

/// The database takes nothing for now, for a reason that lies outside of it: nothing was written, unless it went
/// away in the middle of a commit. The message is one sentence with the remedy.
public class DatabaseUnwritableException extends DataAccessResourceFailureException {
    private static final long serialVersionUID = 1L;

    DatabaseUnwritableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
