package dev.transpack.uploading;

import dev.transpack.settings.ByteSize;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Bytes a second that all uploads together may send. Can be changed while they run; counts what really goes out,
/// repeats included.
public final class RateLimit implements PartBody.Pace {
    private static final int LEAST = 512;
    /// A bucket fills by at most a token in a nanosecond.
    private static final long MOST_TOKENS = 1_000_000_000;

    private volatile @Nullable Limited limited;

    /// @param unit how many bytes a token stands for
    /// @param capacity in bytes
    private record Limited(Bucket tokens, long unit, long capacity) {}

    /// A limit; null is none.
    public RateLimit(@Nullable ByteSize bytesPerSecond) {
        this.limited = limited(bytesPerSecond);
    }

    /// From now on; what is waiting already waits by the old one, for a moment.
    public void change(@Nullable ByteSize bytesPerSecond) {
        limited = limited(bytesPerSecond);
    }

    @Override
    public void await(int bytes) throws InterruptedException {
        for (long left = bytes; left > 0; ) {
            var limit = limited;
            if (limit == null) return;
            var some = Math.min(left, limit.capacity);
            limit.tokens.asBlocking().consume(Math.max(1, some / limit.unit));
            left -= some;
        }
    }

    @Override
    public int stretch() {
        var limit = limited;
        return limit == null ? UNLIMITED.stretch() : Math.clamp(limit.capacity, LEAST, UNLIMITED.stretch());
    }

    private static @Nullable Limited limited(@Nullable ByteSize bytesPerSecond) {
        if (bytesPerSecond == null) return null;
        var rate = Math.max(1, bytesPerSecond.bytes());
        // A tenth of a second's worth at once keeps the stream even.
        var capacity = Math.max(1, rate / 10);
        var unit = Math.ceilDiv(rate, MOST_TOKENS);
        var tokens = Bucket.builder()
                .addLimit(limit -> limit.capacity(Math.max(1, capacity / unit))
                        .refillGreedy(rate / unit, Duration.ofSeconds(1))
                        .initialTokens(0))
                .build();
        return new Limited(tokens, unit, capacity);
    }
}
