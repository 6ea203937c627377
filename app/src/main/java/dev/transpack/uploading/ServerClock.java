package dev.transpack.uploading;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/// A server's clock, as its answers tell it.
final class ServerClock {
    private ServerClock() {}

    /// How many seconds this machine is ahead of a server that answered just now; 0 when it does not say, or when the
    /// answer is a cache's.
    static long ahead(Instant here, HttpHeaders answer) {
        var date = answer.firstValue("Date");
        if (date.isEmpty() || answer.firstValue("Age").isPresent()) return 0;
        try {
            var there = ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(there.toInstant(), here).toSeconds();
        } catch (DateTimeParseException e) {
            return 0; // not as RFC 9110 wants it: then nobody knows
        }
    }
}
