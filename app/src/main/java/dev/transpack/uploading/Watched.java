package dev.transpack.uploading;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Long work on a thread of its own, while the caller's looks again and again whether it is to go on.
public final class Watched {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private Watched() {}

    /// Throws to end the work.
    @FunctionalInterface
    public interface Look<X extends Exception> {
        void look() throws X;
    }

    /// Does the work. Its thread has ended when this returns or throws.
    ///
    /// @throws X what the look threw: the work was interrupted
    public static <T, X extends Exception> T call(String name, Callable<T> work, Look<X> look)
            throws IOException, InterruptedException, X {
        var task = new FutureTask<>(work);
        var thread = Thread.ofPlatform().name(name).start(task);
        try {
            while (true) {
                look.look();
                try {
                    var result = task.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    look.look();
                    return result;
                } catch (TimeoutException _) {
                    // Not done yet: look again.
                } catch (ExecutionException e) {
                    throw unwrapped(e);
                }
            }
        } finally {
            thread.interrupt();
            if (!PartUploads.joined(thread)) Thread.currentThread().interrupt();
        }
    }

    /// What failed in a task, to be thrown as it is.
    public static IOException unwrapped(ExecutionException e) throws InterruptedException {
        return switch (e.getCause()) {
            case IOException cause -> cause;
            case InterruptedException cause -> throw cause;
            case RuntimeException cause -> throw cause;
            case Error cause -> throw cause;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
