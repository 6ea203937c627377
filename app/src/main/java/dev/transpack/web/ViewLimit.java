package dev.transpack.web;

import dev.transpack.settings.ByteSize;
import dev.transpack.uploading.RateKeeper;
import dev.transpack.uploading.RateRules;
import dev.transpack.uploading.RateSlot;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How fast uploads may be, as the jobs page shows it and lets it be changed.
///
/// @param now bytes a second; null is as fast as it goes
/// @param limit as a person writes it
/// @param timetable the same, a line an entry
public record ViewLimit(
        @Nullable Long now,
        @Nullable Instant until,
        String limit,
        String timetable,
        @Nullable String setBy) {

    static ViewLimit of(RateKeeper.InForce held) {
        var rules = held.rules();
        return new ViewLimit(
                held.now() == null ? null : bytes(held.now()),
                held.until(),
                RateRules.written(rules.limit()),
                rules.timetable().stream().map(RateSlot::toString).collect(Collectors.joining("\n")),
                held.setBy());
    }

    private static long bytes(ByteSize rate) {
        return rate.bytes();
    }
}
