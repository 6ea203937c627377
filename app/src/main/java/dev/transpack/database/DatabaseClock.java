package dev.transpack.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// How far this machine's clock is from that of the database, which all machines that share it have in common. Who is
/// late hears of nodes that live as if of the future, who is ahead takes them for dead.
public final class DatabaseClock {
    private static final Duration NOTABLE = Duration.ofSeconds(3);

    private DatabaseClock() {}

    /// @param ahead of this machine's clock; below zero when it is behind
    /// @return a sentence with the remedy; empty when it is near enough
    public static Optional<String> problem(Duration ahead) {
        if (ahead.abs().compareTo(NOTABLE) <= 0) return Optional.empty();
        return Optional.of("This machine's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " the database's: set it (NTP does), since nodes tell from it which of them live.");
    }

    /// A question for the time in the middle of which the database answered.
    @FunctionalInterface
    interface Question<E extends Exception> {
        Instant ask() throws E;
    }

    static <E extends Exception> Duration ahead(InstantSource clock, Question<E> question) throws E {
        var before = clock.instant();
        var there = question.ask();
        var after = clock.instant();
        return Duration.between(
                there, before.plus(Duration.between(before, after).dividedBy(2)));
    }
}
