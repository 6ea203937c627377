package dev.transpack.web;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One listener's queue of ready-made messages. It holds so many and no more: who reads too slowly is let go, connects
/// again, and is told all there is.
final class EventsSubscriber {
    private static final int QUEUE = 120;
    private static final String END = "";

    private final @Nullable String lastEventId;
    private final BlockingQueue<String> messages = new ArrayBlockingQueue<>(QUEUE);
    private volatile boolean ended;

    EventsSubscriber(@Nullable String lastEventId) {
        this.lastEventId = lastEventId;
    }

    /// The last message it had got before it connected again.
    @Nullable
    String lastEventId() {
        return lastEventId;
    }

    /// @return false when it is not listening any more, or too slow
    boolean offer(String message) {
        if (!ended && messages.offer(message)) return true;
        end();
        return false;
    }

    /// Lets the listener go, at once.
    void end() {
        ended = true;
        messages.clear();
        messages.offer(END);
    }

    boolean ended() {
        return ended;
    }

    /// The next message; null when there was none for so long, or ever again.
    @Nullable
    String next(Duration patience) throws InterruptedException {
        if (ended) return null;
        var message = messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return ended || END.equals(message) ? null : message;
    }
}
