package dev.transpack.sharing;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// How long a link works: from a minute to a year, to the second. Written `30m`, `12h`, `7d`, or as ISO 8601 (`P7D`).
public record LinkLifetime(Duration value) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})([mhd])");

    /// When nobody says otherwise.
    public static final LinkLifetime DEFAULT = new LinkLifetime(Duration.ofDays(7));

    public LinkLifetime {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException("a link lives from a minute (1m) to a year (365d), not " + value);
    }

    /// @throws IllegalArgumentException with a sentence that says how to write it
    public static LinkLifetime parse(String text) {
        var written = WRITTEN.matcher(text.strip());
        if (!written.matches()) return new LinkLifetime(iso(text.strip()));
        var count = Long.parseLong(written.group(1));
        return new LinkLifetime(
                switch (written.group(2)) {
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("write how long a link lives as 30m, 12h or 7d, not " + text, e);
        }
    }
}
