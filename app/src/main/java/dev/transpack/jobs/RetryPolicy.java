package dev.transpack.jobs;

import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/// Whether a failed run is tried again by itself, and after how long.
@FunctionalInterface
public interface RetryPolicy {
    /// @param attempt the number of the run that failed, from 1
    /// @return how long to wait; empty gives up
    Optional<Duration> after(Exception failure, int attempt);

    /// One failure ends the job.
    static RetryPolicy never() {
        return (failure, attempt) -> Optional.empty();
    }

    /// Whether the database may get over this by itself: it was busy, away, or starting again.
    static boolean databaseMayPass(Exception failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof CannotCreateTransactionException
                || String.valueOf(failure.getMessage()).contains("SQLITE_BUSY");
    }

    /// Waits of 5 s, 10 s, 20 s ... up to 5 min.
    static Duration backOff(int attempt) {
        return Duration.ofSeconds(Math.min(300, 5L << Math.min(attempt - 1, 6)));
    }
}
