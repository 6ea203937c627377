package dev.transpack.uploading;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The window of work on its way: one virtual thread a part, so many at a time. What follows a volume's last part runs
/// beside the window, two at a time. The first failure ends it all.
final class PartUploads implements AutoCloseable {
    private static final int FINISHING = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int size;
    private final Semaphore window;
    private final Semaphore finishing = new Semaphore(FINISHING);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Thread> outside = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// Work on one volume.
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// Work on one part; what it returns, if anything, is to be done outside the window.
    @FunctionalInterface
    interface PartWork {
        @Nullable
        Work run() throws IOException, InterruptedException;
    }

    PartUploads(int size) {
        this.size = size;
        this.window = new Semaphore(size);
    }

    /// Starts work as soon as the window has room.
    ///
    /// @throws IOException what failed first, of all that was started
    void start(PartWork work) throws IOException, InterruptedException {
        window.acquire();
        if (failure.get() != null) {
            window.release();
            throwFailure();
        }
        var thread = Thread.ofVirtual().unstarted(() -> run(work));
        threads.add(thread);
        thread.start();
    }

    /// Waits until all that was started is done.
    ///
    /// @throws IOException what failed first
    void finish() throws IOException, InterruptedException {
        window.acquire(size);
        // Whoever finishes took its place there before it left the window.
        finishing.acquire(FINISHING);
        window.release(size);
        finishing.release(FINISHING);
        throwFailure();
    }

    /// Stops what is on its way and waits for its end. What was accepted stays accepted. A volume that is being
    /// completed gets a moment: nobody knows what an interrupted Complete did.
    @Override
    public void close() {
        var calm = true;
        for (var thread : threads) if (!outside.contains(thread)) thread.interrupt();
        for (var thread : outside) calm &= joinedSoon(thread);
        for (var thread : threads) thread.interrupt();
        for (var thread : threads) calm &= joined(thread);
        if (!calm) Thread.currentThread().interrupt();
    }

    private void run(PartWork work) {
        try {
            var next = runInWindow(work);
            if (next != null) runOutside(next);
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private @Nullable Work runInWindow(PartWork work) {
        try {
            var next = work.run();
            if (next != null) finishing.acquire();
            return next;
        } catch (Throwable e) {
            // Known before the window has room again, so that nothing more is started.
            failed(e);
            return null;
        } finally {
            window.release();
        }
    }

    private void runOutside(Work work) {
        try {
            outside.add(Thread.currentThread());
            work.run();
        } catch (Throwable e) {
            // Known before whoever waits for the end goes on.
            failed(e);
        } finally {
            outside.remove(Thread.currentThread());
            finishing.release();
        }
    }

    private void failed(Throwable e) {
        if (failure.compareAndSet(null, e)) return;
        // What was stopped because of the first failure tells nothing new.
        if (!(e instanceof InterruptedException))
            Objects.requireNonNull(failure.get()).addSuppressed(e);
    }

    private void throwFailure() throws IOException, InterruptedException {
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static boolean joinedSoon(Thread thread) {
        try {
            thread.join(PATIENCE);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    /// Waits for a thread's end even when interrupted, for it may hold a buffer.
    ///
    /// @return whether no interrupt came
    static boolean joined(Thread thread) {
        var calm = true;
        while (true) {
            try {
                thread.join();
                return calm;
            } catch (InterruptedException _) {
                calm = false;
            }
        }
    }
}
