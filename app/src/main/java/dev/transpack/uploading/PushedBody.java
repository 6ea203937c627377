package dev.transpack.uploading;

import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A body that the sending thread itself hands over, a stretch at a time, when its pace allows and the connection asks
/// for more. Nothing is copied; no thread of the HTTP client ever waits for the pace.
final class PushedBody implements HttpRequest.BodyPublisher {
    private final PartBody body;
    private final Duration patience;
    private final Semaphore wanted = new Semaphore(0);
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private volatile boolean over;

    /// @param patience how long the connection may take no more
    PushedBody(PartBody body, Duration patience) {
        this.body = body;
        this.patience = patience;
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> target) {
        subscriber = target;
        target.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                wanted.release(Math.clamp(count, 1, 1 << 20));
            }

            @Override
            public void cancel() {
                end();
            }
        });
    }

    /// Hands the body over; returns early if the exchange ends before.
    ///
    /// @throws SocketTimeoutException if the connection takes no more
    void push(CompletableFuture<?> answer) throws SocketTimeoutException, InterruptedException {
        var _ = answer.whenComplete((_, _) -> end());
        var bytes = body.bytes().slice();
        while (bytes.hasRemaining()) {
            var target = whenWanted();
            if (target == null) return;
            var length = Math.min(bytes.remaining(), body.pace().stretch());
            body.pace().await(length);
            target.onNext(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
        var target = subscriber;
        if (target != null) target.onComplete();
    }

    /// Whoever asked for more; null if nobody will any more.
    private Flow.@Nullable Subscriber<? super ByteBuffer> whenWanted()
            throws SocketTimeoutException, InterruptedException {
        if (!wanted.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS))
            throw new SocketTimeoutException("the connection took nothing for " + patience.toSeconds() + " s");
        return over ? null : subscriber;
    }

    private void end() {
        over = true;
        wanted.release();
    }
}
