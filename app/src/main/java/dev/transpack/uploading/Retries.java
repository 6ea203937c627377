package dev.transpack.uploading;

import dev.transpack.jobs.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Repeats a request whose failure may pass, after growing, jittered pauses. The kind of the failure alone decides.
///
/// @param attempts in all
/// @param first the first pause, doubled each time
/// @param longest no pause is longer
public record Retries(int attempts, Duration first, Duration longest) {
    /// Rides out two minutes; after that the job, or the person, tries again later.
    public static final Retries STANDARD = new Retries(10, Duration.ofMillis(500), Duration.ofSeconds(30));

    /// For who waits and can ask again.
    public static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO);

    private static final int RUNS = 12;

    /// The policy of jobs that work with a destination: what it may get over by itself is waited for, and what a person
    /// must mend is not.
    ///
    /// @param attempt the number of the run that failed, from 1
    public static Optional<Duration> ofJob(Exception failure, int attempt) {
        var mayPass = failure instanceof StoreException store ? store.mayPass() : RetryPolicy.databaseMayPass(failure);
        return mayPass && attempt < RUNS ? Optional.of(RetryPolicy.backOff(attempt)) : Optional.empty();
    }

    @FunctionalInterface
    public interface Request<T> {
        T send() throws StoreException, InterruptedException;
    }

    /// The request's answer, at last.
    ///
    /// @throws StoreException what failed last, when it may not pass or was tried often enough
    public <T> T call(Request<T> request) throws StoreException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            try {
                return request.send();
            } catch (StoreException e) {
                if (!e.mayPass() || attempt >= attempts) throw e;
            }
            Thread.sleep(pause(attempt));
        }
    }

    /// Between half of the step and all of it, so that parts which failed together do not come back together.
    public Duration pause(int attempt) {
        var step = Math.min(first.toMillis() << Math.min(attempt - 1, 20), longest.toMillis());
        return Duration.ofMillis(step / 2 + ThreadLocalRandom.current().nextLong(step / 2 + 1));
    }
}
