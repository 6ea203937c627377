package dev.transpack.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or SIGTERM, waited for; and the JVM is held until this is closed, though not for ever, so that what was open
/// is
/// closed first:
///
/// ```java
/// try (var ending = Ending.expected();
///         var server = Server.start(...)) {
///     ending.await();
/// }
/// ```
final class Ending implements AutoCloseable {
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(40);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private Ending() {}

    static Ending expected() {
        var ending = new Ending();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(ending::hold));
        return ending;
    }

    /// Returns when the process is asked to end.
    void await() throws InterruptedException {
        asked.await();
    }

    /// Lets some time pass.
    ///
    /// @throws InterruptedException at once when the process is asked to end, or was before
    void pause(Duration time) throws InterruptedException {
        if (asked.await(time.toMillis(), TimeUnit.MILLISECONDS))
            throw new InterruptedException("the process is asked to end");
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /// Somebody who waits for a process to end does not wait for what hangs.
    private void hold() {
        asked.countDown();
        try {
            var _ = closed.await(HELD_AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
