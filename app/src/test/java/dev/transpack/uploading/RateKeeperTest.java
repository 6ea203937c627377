package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.SetClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The limit of a process follows the clock, and what somebody says in any process of the server.
@Timeout(60)
class RateKeeperTest {
    private static final RateRules SETTINGS = RateRules.parse("4k", List.of());
    private static final int UNLIMITED = 128 << 10;
    private static final int SLOWEST = 512;

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void whatIsSetHoldsInEveryProcessUntilItIsForgotten(String kind) {
        var here = new RateLimit(null);
        var there = new RateLimit(null);
        try (var database = open(kind);
                var keeper = keeper(here, database);
                var other = keeper(there, database)) {
            assertThat(here.stretch()).isEqualTo(SLOWEST);
            keeper.set(RateRules.parse("none", List.of()), "ann");
            assertThat(here.stretch()).isEqualTo(UNLIMITED);
            other.look();
            assertThat(there.stretch()).isEqualTo(UNLIMITED);
            assertThat(other.inForce())
                    .isEqualTo(new RateKeeper.InForce(RateRules.UNLIMITED, null, null, "ann", clock.instant()));

            keeper.set(RateRules.parse("1k", List.of()), "ben");
            assertThat(other.inForce().setBy()).isEqualTo("ben");
            assertThat(other.forget()).isTrue();
            assertThat(other.forget()).isFalse();
            assertThat(keeper.inForce().rules()).isEqualTo(SETTINGS);
            assertThat(keeper.inForce().setBy()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "sqlite")
    void theLimitFollowsTheClock(String kind) {
        var limit = new RateLimit(null);
        try (var database = open(kind);
                var keeper = keeper(limit, database)) {
            var hour = LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault())
                    .withMinute(0);
            var entry = "daily %02d:00-%02d:00 none"
                    .formatted(hour.getHour(), hour.plusHours(1).getHour());
            keeper.set(RateRules.parse("1k", List.of(entry)), "ann");
            assertThat(limit.stretch()).isEqualTo(UNLIMITED);
            assertThat(keeper.inForce().until()).isAfter(clock.instant());
            clock.advance(Duration.ofHours(1));
            keeper.look();
            assertThat(limit.stretch()).isEqualTo(SLOWEST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "sqlite")
    void whatALaterVersionWroteChangesNothing(String kind) {
        var limit = new RateLimit(null);
        try (var database = open(kind);
                var keeper = keeper(limit, database)) {
            new RateRows(database, clock).set("by the moon", "ann");
            keeper.look();
            assertThat(limit.stretch()).isEqualTo(SLOWEST);
            assertThat(keeper.inForce().rules()).isEqualTo(SETTINGS);
        }
    }

    private RateKeeper keeper(RateLimit limit, Database database) {
        return new RateKeeper(limit, SETTINGS, new RateRows(database, clock), clock);
    }

    private Database open(String kind) {
        return Database.open(
                kind.equals("sqlite") ? DatabaseSettings.file(folder.resolve("t.db")) : PostgresServer.newDatabase());
    }
}
