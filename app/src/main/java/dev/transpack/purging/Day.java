package dev.transpack.purging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A moment as the sentences of a plan name it.
final class Day {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Day() {}

    static String of(Instant moment) {
        return FORM.format(moment);
    }
}
