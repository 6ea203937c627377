package dev.transpack.uploading;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsReader;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How many bytes a second all uploads of a process together may send, and when: the first entry of the timetable that
/// a moment is in decides, otherwise the limit.
///
/// @param limit null is as fast as it goes
public record RateRules(@Nullable ByteSize limit, List<RateSlot> timetable) {
    /// As fast as it goes, at any time.
    public static final RateRules UNLIMITED = new RateRules(null, List.of());

    private static final ByteSize LEAST = new ByteSize(1024);
    private static final int MOST_ENTRIES = 50;
    private static final int DAYS_OF_A_WEEK = 7;
    private static final String NONE = "none";

    /// @throws IllegalArgumentException if the timetable is too long
    public RateRules {
        if (timetable.size() > MOST_ENTRIES)
            throw new IllegalArgumentException("a timetable has at most " + MOST_ENTRIES + " entries");
        timetable = List.copyOf(timetable);
    }

    /// Reads what a person wrote.
    ///
    /// @param limit such as `10m`, or `none`
    /// @param timetable entries such as `mon-fri 08:00-18:00 1m`
    /// @throws IllegalArgumentException with what to write instead
    public static RateRules parse(String limit, List<String> timetable) {
        return new RateRules(
                rate(limit), timetable.stream().map(RateSlot::parse).toList());
    }

    /// Reads `upload.rate-limit` and `upload.timetable`; what is wrong is noted in the reader.
    static RateRules read(SettingsReader settings) {
        var limit = settings.find("upload.rate-limit").orElse(NONE);
        var timetable = settings.list("upload.timetable");
        try {
            return new RateRules(
                    read(settings, limit),
                    timetable.stream().map(RateSlot::parse).toList());
        } catch (IllegalArgumentException e) {
            settings.problem("upload.timetable", String.join(", ", timetable), String.valueOf(e.getMessage()));
            return UNLIMITED;
        }
    }

    private static @Nullable ByteSize read(SettingsReader settings, String limit) {
        try {
            return rate(limit);
        } catch (IllegalArgumentException e) {
            settings.problem("upload.rate-limit", limit, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// What holds at a moment; null is no limit.
    public @Nullable ByteSize at(LocalDateTime moment) {
        for (var slot : timetable) if (slot.contains(moment)) return slot.limit();
        return limit;
    }

    /// The next moment at which another rate holds; none if it never changes.
    public Optional<LocalDateTime> changesAfter(LocalDateTime moment) {
        var now = at(moment);
        return IntStream.rangeClosed(0, DAYS_OF_A_WEEK)
                .mapToObj(moment.toLocalDate()::plusDays)
                .flatMap(day ->
                        timetable.stream().flatMap(slot -> Stream.of(day.atTime(slot.from()), day.atTime(slot.to()))))
                .filter(at -> at.isAfter(moment) && !Objects.equals(at(at), now))
                .min(Comparator.naturalOrder());
    }

    /// One line a rule, the limit first; [#ofText] reads it.
    String toText() {
        return Stream.concat(Stream.of(written(limit)), timetable.stream().map(RateSlot::toString))
                .collect(Collectors.joining("\n"));
    }

    static RateRules ofText(String text) {
        var lines = text.lines().toList();
        return parse(lines.getFirst(), lines.subList(1, lines.size()));
    }

    /// @throws IllegalArgumentException with what to write instead
    static @Nullable ByteSize rate(String text) {
        if (text.strip().equalsIgnoreCase(NONE)) return null;
        var rate = size(text);
        if (rate.bytes() < LEAST.bytes())
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is too slow: write bytes a second, such as 10m; 1k is the least");
        return rate;
    }

    private static ByteSize size(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is no rate: write bytes a second, such as 10m, or none", e);
        }
    }

    /// As it would be written.
    public static String written(@Nullable ByteSize rate) {
        return rate == null ? NONE : rate.toString();
    }
}
