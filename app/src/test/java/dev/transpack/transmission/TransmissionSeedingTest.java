package dev.transpack.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.transmission.Seeding.Limit;
import dev.transpack.transmission.Seeding.Mode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// When a torrent has given enough back.
class TransmissionSeedingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final SeedLimits NO_LIMITS = new SeedLimits(SeedLimits.NONE, SeedLimits.NONE);
    private static final SeedLimits RATIO_TWO = new SeedLimits(2, SeedLimits.NONE);
    private static final Limit GLOBAL = new Limit(Mode.GLOBAL, 0);
    private static final Limit UNLIMITED = new Limit(Mode.UNLIMITED, 0);

    @Test
    void withoutLimitsNothingIsUnmet() {
        assertThat(seeding(0, GLOBAL, GLOBAL).unmet(NO_LIMITS, NOW)).isEmpty();
    }

    @Test
    void theDaemonsLimitCountsUnlessTheTorrentHasItsOwn() {
        assertThat(seeding(0.5, GLOBAL, GLOBAL).unmet(RATIO_TWO, NOW)).contains("ratio 0.50 of 2.00");
        assertThat(seeding(2, GLOBAL, GLOBAL).unmet(RATIO_TWO, NOW)).isEmpty();
        assertThat(seeding(0.5, new Limit(Mode.OWN, 0.4), GLOBAL).unmet(RATIO_TWO, NOW))
                .isEmpty();
        assertThat(seeding(2.5, new Limit(Mode.OWN, 3), GLOBAL).unmet(RATIO_TWO, NOW))
                .contains("ratio 2.50 of 3.00");
    }

    @Test
    void idlingLongEnoughIsEnough() {
        assertThat(seeding(0, GLOBAL, new Limit(Mode.OWN, 10)).unmet(RATIO_TWO, NOW))
                .isEmpty();
        assertThat(seeding(0, GLOBAL, new Limit(Mode.OWN, 30)).unmet(NO_LIMITS, NOW))
                .contains("idle for 20 of 30 minutes");
    }

    @Test
    void seedingWithoutLimitNeverEnds() {
        assertThat(seeding(9, UNLIMITED, GLOBAL).unmet(RATIO_TWO, NOW)).contains("set to seed without limit");
    }

    @Test
    void theDaemonsOwnWordIsTaken() {
        assertThat(new Seeding(0.1, null, true, GLOBAL, GLOBAL).unmet(RATIO_TWO, NOW))
                .isEmpty();
    }

    private static Seeding seeding(double ratio, Limit ratioLimit, Limit idleLimit) {
        return new Seeding(ratio, NOW.minus(Duration.ofMinutes(20)), false, ratioLimit, idleLimit);
    }
}
