package dev.transpack.accounts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Slows guessing of API tokens down, in memory: a flood of wrong ones must not keep the database's one writer busy,
/// and tokens are too random for what a restart forgets to matter. As in [Throttle], a network has one number: the time
/// at which all its tries are paid for.
final class TokenGuesses {
    private static final int BURST = 30;
    private static final long INTERVAL = Duration.ofSeconds(2).toMillis();
    private static final int MOST_NETWORKS = 10_000;

    private final InstantSource clock;
    private final LinkedHashMap<String, Long> freeAt = new LinkedHashMap<>();

    TokenGuesses(InstantSource clock) {
        this.clock = clock;
    }

    /// Counts a wrong token; of too many networks the one that was quiet longest is forgotten.
    ///
    /// @return how long to wait, when there were too many
    synchronized Optional<Duration> count(String network) {
        var now = clock.millis();
        var paid = Math.max(now, freeAt.getOrDefault(network, now));
        var wait = paid - (BURST - 1) * INTERVAL - now;
        if (wait > 0) return Optional.of(Duration.ofMillis(Math.max(1_000, wait)));
        freeAt.putLast(network, paid + INTERVAL);
        if (freeAt.size() > MOST_NETWORKS) freeAt.pollFirstEntry();
        return Optional.empty();
    }
}
