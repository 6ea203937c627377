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
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Seen(boolean up, Instant at) {}

    /// One that is under way.
    private record Look(CompletableFuture<Boolean> answer, Instant begun) {}

    private final String name;
    private final Duration lasts;
    private final BooleanSupplier look;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Look> looking = new AtomicReference<>();
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

    /// Whether it is there. While a look takes its time, what was seen before holds; one that does not answer for long
    /// is not there.
    boolean up(Executor threads) {
        var now = clock.instant();
        var seen = last;
        if (seen != null && seen.at().plus(lasts).isAfter(now)) return seen.up();
        var under = begin(threads);
        var meanwhile =
                seen != null && seen.up() && under.begun().plus(PATIENCE).isAfter(now);
        // Whoever asks while a look hangs is not to wait as well.
        if (!under.begun().plus(GLANCE).isAfter(now)) return under.answer().getNow(meanwhile);
        return under.answer()
                .copy()
                .completeOnTimeout(meanwhile, GLANCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// The look that is under way, or a new one.
    private Look begin(Executor threads) {
        var mine = new Look(new CompletableFuture<>(), clock.instant());
        var others = looking.compareAndExchange(null, mine);
        if (others != null) return others;
        threads.execute(() -> look(mine));
        return mine;
    }

    private void look(Look asked) {
        var up = false;
        try {
            up = look.getAsBoolean();
        } finally {
            last = new Seen(up, clock.instant());
            looking.set(null);
            asked.answer().complete(up);
        }
    }
}
