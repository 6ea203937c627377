package dev.transpack.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.SetClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenGuessesTest {
    private final SetClock clock = new SetClock();
    private final TokenGuesses guesses = new TokenGuesses(clock);

    @Test
    void aBurstIsFreeAndThenOneTryEveryTwoSeconds() {
        for (var i = 0; i < 30; i++) assertThat(guesses.count("here")).isEmpty();
        assertThat(guesses.count("here")).contains(Duration.ofSeconds(2));
        assertThat(guesses.count("there")).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(guesses.count("here")).isEmpty();
        assertThat(guesses.count("here")).isPresent();
        clock.advance(Duration.ofMinutes(5));
        for (var i = 0; i < 30; i++) assertThat(guesses.count("here")).isEmpty();
    }

    @Test
    void noMoreNetworksAreRememberedThanFit() {
        for (var i = 0; i < 30; i++) assertThat(guesses.count("first")).isEmpty();
        for (var i = 0; i < 9_999; i++) guesses.count("network " + i);
        assertThat(guesses.count("first")).isPresent();
        guesses.count("one more");
        assertThat(guesses.count("first")).isEmpty();
    }

    @Test
    void aWrongTokenWritesNoRow(@TempDir Path home) {
        try (var database = Database.open(DatabaseSettings.file(home.resolve("t.db")))) {
            var audit = new Audit(database, clock);
            var signIns = new SignIns(new Accounts(database, audit, clock), database, audit, clock);
            for (var i = 0; i < 30; i++)
                assertThat(signIns.badToken("192.0.2.1")).isEmpty();
            assertThat(signIns.badToken("192.0.2.1")).isPresent();
            assertThat(database.reads()
                            .sql("select count(*) from guesses")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }
}
