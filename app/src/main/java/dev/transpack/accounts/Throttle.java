package dev.transpack.accounts;

import dev.transpack.database.Database;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Slows guessing of passwords down, for every process that shares the database. One row a key holds one number, the
/// time at which all its tries are paid for (the generic cell rate algorithm): a burst is free, then one try an
/// interval. Nobody is ever locked out for good, and a row that has expired means nothing, so it is deleted.
final class Throttle {
    /// What is slowed down, and how.
    enum Limit {
        /// One account's password, guessed from one address.
        ACCOUNT(5, Duration.ofMinutes(1)),
        /// Any account's password, guessed from one address.
        ADDRESS(30, Duration.ofSeconds(30));

        private final int burst;
        private final long interval;

        Limit(int burst, Duration interval) {
            this.burst = burst;
            this.interval = interval.toMillis();
        }
    }

    private final Database database;
    private final InstantSource clock;

    Throttle(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Counts a try before it is made, so that many at once cannot slip through.
    ///
    /// @return how long to wait; empty when the try may be made
    Optional<Duration> take(Limit limit, String key) {
        return database.inTransaction(() -> {
            var now = clock.millis();
            var paid = database.writes()
                    .sql("""
                            insert into guesses (id, free_at) values (?, ?)
                            on conflict (id) do update
                                set free_at = case when guesses.free_at < ? then ? else guesses.free_at + ? end
                                where guesses.free_at <= ?""")
                    .params(
                            id(limit, key),
                            now + limit.interval,
                            now,
                            now + limit.interval,
                            limit.interval,
                            now + (limit.burst - 1) * limit.interval)
                    .update();
            if (paid == 0) return Optional.of(wait(limit, key, now));
            database.writes()
                    .sql("delete from guesses where free_at < ?")
                    .param(now)
                    .update();
            return Optional.empty();
        });
    }

    /// Takes one counted try back: it was no guess.
    void giveBack(Limit limit, String key) {
        database.writes()
                .sql("update guesses set free_at = free_at - ? where id = ?")
                .params(limit.interval, id(limit, key))
                .update();
    }

    /// Forgets what was counted.
    void forget(Limit limit, String key) {
        database.writes()
                .sql("delete from guesses where id = ?")
                .param(id(limit, key))
                .update();
    }

    private Duration wait(Limit limit, String key, long now) {
        var freeAt = database.writes()
                .sql("select free_at from guesses where id = ?")
                .param(id(limit, key))
                .query(Long.class)
                .single();
        return Duration.ofMillis(Math.max(1_000, freeAt - (limit.burst - 1) * limit.interval - now));
    }

    private static String id(Limit limit, String key) {
        return Hash.sha256(limit.name() + "\n" + key);
    }

    /// The network an address belongs to: an IPv6 host has 2^64 addresses to guess from, so its /64 counts as one.
    static String network(String address) {
        try {
            var parsed = InetAddress.ofLiteral(address);
            if (!(parsed instanceof Inet6Address)) return parsed.getHostAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8));
        } catch (IllegalArgumentException e) {
            // No address at all, as in-process callers have: then it is a key like any other.
            return address;
        }
    }
}
