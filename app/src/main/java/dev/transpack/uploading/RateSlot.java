package dev.transpack.uploading;

import dev.transpack.settings.ByteSize;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A stretch of the week with a rate of its own, written `mon-fri 08:00-18:00 1m`, `sat 22:00-06:00 none` or
/// `daily 00:00-24:00 5m`. One that goes over midnight ends on the day after.
///
/// @param to the first moment that is not part of it; the same as `from` is a whole day
/// @param limit bytes a second; null is as fast as it goes
public record RateSlot(
        Days days, LocalTime from, LocalTime to, @Nullable ByteSize limit) {
    private static final String DAY = "(mon|tue|wed|thu|fri|sat|sun)";
    private static final String TIME = "((?:[01]?\\d|2[0-4]):[0-5]\\d)";
    private static final Pattern FORM = Pattern.compile(
            "(?:(daily)|" + DAY + "(?:-" + DAY + ")?)\\s+" + TIME + "-" + TIME + "\\s+(\\S+)",
            Pattern.CASE_INSENSITIVE);
    private static final String DAILY = "daily";

    /// From one day to another, both included; the week is a circle.
    public record Days(DayOfWeek first, DayOfWeek last) {
        static final Days ALL = new Days(DayOfWeek.MONDAY, DayOfWeek.SUNDAY);

        boolean contains(DayOfWeek day) {
            return distance(first, day) <= distance(first, last);
        }

        private static int distance(DayOfWeek from, DayOfWeek to) {
            return Math.floorMod(to.getValue() - from.getValue(), 7);
        }

        @Override
        public String toString() {
            if (equals(ALL)) return DAILY;
            return first == last ? word(first) : word(first) + "-" + word(last);
        }

        private static String word(DayOfWeek day) {
            return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
        }
    }

    /// Reads what a person wrote.
    ///
    /// @throws IllegalArgumentException with what to write
    static RateSlot parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches())
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is no entry of a timetable: write days, times and a rate, such as"
                            + " 'mon-fri 08:00-18:00 1m', 'sat-sun 22:00-06:00 none' or 'daily 00:00-24:00 5m'");
        return new RateSlot(
                days(match.group(1), match.group(2), match.group(3)),
                beginning(match.group(4), text),
                time(match.group(5), text),
                RateRules.rate(match.group(6)));
    }

    private static Days days(@Nullable String daily, @Nullable String first, @Nullable String last) {
        if (daily != null || first == null) return Days.ALL;
        return new Days(day(first), day(last == null ? first : last));
    }

    private static DayOfWeek day(String word) {
        for (var day : DayOfWeek.values()) if (Days.word(day).equals(word.toLowerCase(Locale.ROOT))) return day;
        throw new IllegalArgumentException("there is no day " + word);
    }

    private static LocalTime beginning(String written, String entry) {
        if (written.equals("24:00"))
            throw new IllegalArgumentException("'" + entry.strip()
                    + "': a day begins at 00:00, and 24:00 is an end only: write 00:00 and the day after");
        return time(written, entry);
    }

    /// 24:00 is the midnight after.
    private static LocalTime time(String written, String entry) {
        var parts = written.split(":", -1);
        var hour = Integer.parseInt(parts[0]);
        var minute = Integer.parseInt(parts[1]);
        if (hour == 24 && minute != 0)
            throw new IllegalArgumentException("'" + entry.strip() + "': a day ends at 24:00, not at " + written);
        return LocalTime.of(hour % 24, minute);
    }

    /// Whether this moment is in it.
    boolean contains(LocalDateTime moment) {
        var time = moment.toLocalTime();
        var day = moment.getDayOfWeek();
        if (from.isBefore(to)) return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
        return !time.isBefore(from) ? days.contains(day) : time.isBefore(to) && days.contains(day.minus(1));
    }

    /// As it would be written.
    @Override
    public String toString() {
        var end = to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString();
        return days + " " + from + "-" + end + " " + RateRules.written(limit);
    }
}
