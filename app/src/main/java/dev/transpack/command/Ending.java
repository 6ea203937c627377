package dev.transpack.command;

import java.util.concurrent.CountDownLatch;

/// Ctrl-C or SIGTERM, waited for; and the JVM is held until this is closed, so that what was open is closed first:
///
/// ```java
/// try (var ending = Ending.expected();
///         var server = Server.start(...)) {
///     ending.await();
/// }
/// ```
final class Ending implements AutoCloseable {
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

    @Override
    public void close() {
        closed.countDown();
    }

    private void hold() {
        asked.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
