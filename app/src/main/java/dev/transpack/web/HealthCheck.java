package dev.transpack.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One thing that Transpack needs, looked at in the background, one look at a time, and remembered for a while: however
/// often it is asked, nobody waits long and nothing is asked often.
final class HealthCheck {
    private static final Duration GLANCE = Duration.ofSeconds(3);

    private record Seen(boolean up, Instant at) {}

    private final String name;
    private final Duration lasts;
    private final BooleanSupplier look;
    private final InstantSource clock;
    private final AtomicReference<@Nullable CompletableFuture<Boolean>> looking = new AtomicReference<>();
    private volatile @Nullable Seen last;

    /// @param lasts how long what was seen is believed
    HealthCheck(String name, Duration lasts, BooleanSupplier look, InstantSource clock) {
        this.name = name;
        this.lasts = lasts;
        this.look = look;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    /// Whether it is there. One that does not answer for seconds is not.
    boolean up(Executor threads) {
        var seen = last;
        if (seen != null && seen.at().plus(lasts).isAfter(clock.instant())) return seen.up();
        var up = begin(threads)
                .completeOnTimeout(false, GLANCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        // Whoever asks while a look hangs is not to wait as well.
        if (!up && looking.get() != null) last = new Seen(false, clock.instant());
        return up;
    }

    /// The look that is under way, or a new one.
    private CompletableFuture<Boolean> begin(Executor threads) {
        var mine = new CompletableFuture<Boolean>();
        var others = looking.compareAndExchange(null, mine);
        if (others != null) return others.copy();
        threads.execute(() -> look(mine));
        return mine.copy();
    }

    private void look(CompletableFuture<Boolean> asked) {
        var up = false;
        try {
            up = look.getAsBoolean();
        } finally {
            last = new Seen(up, clock.instant());
            looking.set(null);
            asked.complete(up);
        }
    }
}
