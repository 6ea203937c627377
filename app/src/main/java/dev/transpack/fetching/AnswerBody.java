package dev.transpack.fetching;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The bytes of an answer as they come, no faster than they are taken. Nothing for too long is a failure: the JDK's own
/// time limit ends with the head of an answer. To be closed, or its connection stays.
final class AnswerBody implements HttpResponse.BodySubscriber<AnswerBody>, AutoCloseable {
    private final Duration patience;
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();
    private boolean ended;

    private sealed interface Event {
        record Bytes(List<ByteBuffer> buffers) implements Event {}

        record Failed(Throwable cause) implements Event {}

        record Ended() implements Event {}
    }

    AnswerBody(Duration patience) {
        this.patience = patience;
    }

    /// The next bytes; null at the end.
    ///
    /// @throws IOException if the connection breaks, or nothing comes for too long
    @Nullable
    ByteBuffer next() throws IOException, InterruptedException {
        while (ready.isEmpty() && !ended) await();
        return ready.poll();
    }

    private void await() throws IOException, InterruptedException {
        subscription.join().request(1); // completed: an answer is there only when its body has begun
        var event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        switch (event) {
            case null -> throw new SocketTimeoutException("nothing came for " + patience.toSeconds() + " s");
            case Event.Bytes(var buffers) -> ready.addAll(buffers);
            case Event.Failed(var cause) -> throw new IOException(cause.getMessage(), cause);
            case Event.Ended() -> ended = true;
        }
    }

    @Override
    public CompletionStage<AnswerBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription.complete(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        events.add(new Event.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        events.add(new Event.Failed(cause));
    }

    @Override
    public void onComplete() {
        events.add(new Event.Ended());
    }

    @Override
    public void close() {
        if (!ended && subscription.isDone()) subscription.join().cancel();
    }
}
