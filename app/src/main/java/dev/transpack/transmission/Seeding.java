package dev.transpack.transmission;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much a torrent has given back, and how much it should. `goalReached` is the daemon's own word: it stopped
/// the torrent because a limit was met.
public record Seeding(
        double ratio, @Nullable Instant idleSince, boolean goalReached, Limit ratioLimit, Limit idleLimit) {

    /// Whether a limit is the daemon's, the torrent's own, or none at all.
    public enum Mode {
        GLOBAL,
        OWN,
        UNLIMITED;

        static Mode of(long number) {
            return number == 1 ? OWN : number == 2 ? UNLIMITED : GLOBAL;
        }
    }

    /// A limit of one torrent; the value (a ratio, or minutes) counts in mode OWN only.
    public record Limit(Mode mode, double value) {
        double effective(double global) {
            return switch (mode) {
                case GLOBAL -> global;
                case OWN -> value;
                case UNLIMITED -> SeedLimits.NONE;
            };
        }
    }

    /// What is still to be done before this torrent has met its seeding goals, as a sentence; empty when they are
    /// met or nobody set any. Meeting one of two limits is enough, as it is for the daemon. A torrent that was told
    /// by name to seed without limit never meets its goal.
    public Optional<String> unmet(SeedLimits global, Instant now) {
        if (goalReached) return Optional.empty();
        var wantedRatio = ratioLimit.effective(global.ratio());
        var wantedIdle = idleLimit.effective(global.idleMinutes());
        var idle = idleSince == null ? Duration.ZERO : Duration.between(idleSince, now);
        if (wantedRatio >= 0 && ratio >= wantedRatio) return Optional.empty();
        if (wantedIdle >= 0 && idle.toSeconds() >= wantedIdle * 60) return Optional.empty();
        if (wantedRatio >= 0) return Optional.of("ratio %.2f of %.2f".formatted(ratio, wantedRatio));
        if (wantedIdle >= 0) return Optional.of("idle for %d of %.0f minutes".formatted(idle.toMinutes(), wantedIdle));
        return ratioLimit.mode == Mode.UNLIMITED ? Optional.of("set to seed without limit") : Optional.empty();
    }
}
