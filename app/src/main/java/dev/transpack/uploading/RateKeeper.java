package dev.transpack.uploading;

import dev.transpack.settings.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the [RateLimit] of this process to the rules that hold: what somebody set while the program ran, else the
/// settings; by the clock and the time zone of this machine. Uploads that are under way follow within seconds.
public final class RateKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RateKeeper.class);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(2);

    private final RateLimit limit;
    private final RateRules settings;
    private final RateRows rows;
    private final InstantSource clock;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("rate").factory());
    private RateRules rules;
    private @Nullable ByteSize applied;

    /// What holds, and where that was said.
    ///
    /// @param now bytes a second; null is as fast as it goes
    /// @param until when another rate holds; null: it stays
    /// @param setBy who set the rules while the program ran; null: they are the settings'
    public record InForce(
            RateRules rules,
            @Nullable ByteSize now,
            @Nullable Instant until,
            @Nullable String setBy,
            @Nullable Instant setAt) {}

    RateKeeper(RateLimit limit, RateRules settings, RateRows rows, InstantSource clock) {
        this.limit = limit;
        this.settings = settings;
        this.rows = rows;
        this.clock = clock;
        this.rules = settings;
        this.applied = settings.at(now());
        limit.change(applied);
    }

    /// Begins to look after the limit.
    RateKeeper start() {
        var _ = looks.scheduleWithFixedDelay(this::look, 0, LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /// What holds now.
    public InForce inForce() {
        var row = rows.find().filter(set -> understood(set).isPresent());
        var held = row.flatMap(RateKeeper::understood).orElse(settings);
        var moment = now();
        return new InForce(
                held,
                held.at(moment),
                held.changesAfter(moment)
                        .map(at -> at.atZone(ZoneId.systemDefault()).toInstant())
                        .orElse(null),
                row.map(RateRows.Row::setBy).orElse(null),
                row.map(RateRows.Row::setAt).orElse(null));
    }

    /// These rules hold from now on, for every process of this server, also after a restart.
    public void set(RateRules wanted, String by) {
        rows.set(wanted.toText(), by);
        look();
    }

    /// The settings hold again.
    ///
    /// @return whether something else did
    public boolean forget() {
        var forgot = rows.forget();
        look();
        return forgot;
    }

    /// Applies what holds. A database that does not answer changes nothing.
    synchronized void look() {
        try {
            rules = rows.find().flatMap(RateKeeper::understood).orElse(settings);
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("the rate limit in the database could not be read");
        }
        var wanted = rules.at(now());
        if (RateRules.written(wanted).equals(RateRules.written(applied))) return;
        limit.change(wanted);
        applied = wanted;
        log.atInfo().addKeyValue("bytesPerSecond", RateRules.written(wanted)).log("rate limit of uploads changed");
    }

    /// Empty when a later version wrote it: then the settings hold.
    private static Optional<RateRules> understood(RateRows.Row set) {
        try {
            return Optional.of(RateRules.ofText(set.rules()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault());
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
