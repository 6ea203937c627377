package dev.transpack.web;

import dev.transpack.uploading.PackVolumes;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import tools.jackson.databind.json.JsonMapper;

/// Numbers, times and texts as one reader sees them; every page has it as `show`. `app.js` writes the same forms:
/// who changes one changes the other.
public final class ViewFormat {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ISO_INSTANT;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    /// Control characters, and marks that turn the direction of what follows (Unicode TR 9).
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> SCRIPT_TEXTS = List.of(
            "percent",
            "duration.seconds",
            "duration.minutes",
            "duration.hours",
            "duration.days",
            "duration.onlyHours",
            "duration.onlyDays",
            "time.now",
            "time.ago",
            "time.in",
            "progress.left",
            "pack.parts");

    private final Locale locale;
    private final Instant now;
    private final MessageSource texts;

    ViewFormat(Locale locale, Instant now, MessageSource texts) {
        this.locale = locale;
        this.now = now;
        this.texts = texts;
    }

    /// Three figures at least and a power-of-1024 unit: `4.38 GiB`, `500 MiB`, `12 B`.
    public String size(long bytes) {
        var unit = 0;
        double value = Math.max(0, bytes);
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        var decimals = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return number(value, unit == 0 ? 0 : decimals) + " " + UNITS[unit];
    }

    /// `12.3 MiB/s`; nothing when it does not move.
    public String rate(long bytesPerSecond) {
        return bytesPerSecond <= 0 ? "" : size(bytesPerSecond) + "/s";
    }

    /// With one decimal, and never 100 before everything is done.
    public String percent(long done, long total) {
        return text("percent", number(fraction(done, total) * 100, 1));
    }

    /// The same as a plain number for `value` attributes.
    public String percentValue(long done, long total) {
        return String.format(Locale.ROOT, "%.1f", fraction(done, total) * 100);
    }

    /// `2 h 5 min`: two units at most.
    public String duration(Duration time) {
        var seconds = time.toSeconds();
        if (seconds < 60) return text("duration.seconds", seconds);
        if (seconds < 3600) return text("duration.minutes", seconds / 60);
        if (seconds < 86_400) return text("duration.hours", seconds / 3600, seconds % 3600 / 60);
        return text("duration.days", seconds / 86_400, seconds % 86_400 / 3600);
    }

    /// `3 min ago`, `in 6 d`; the day itself when it is more than a month off.
    public String when(@Nullable Instant time) {
        if (time == null) return "";
        var away = Duration.between(time, now);
        var span = away.abs();
        if (span.toDays() > 30) return DAY.format(time);
        if (span.toSeconds() < 5) return text("time.now");
        return away.isNegative() ? text("time.in", shortly(nearest(span))) : text("time.ago", shortly(span));
    }

    /// To the second, in UTC.
    public String exact(@Nullable Instant time) {
        return time == null ? "" : EXACT.format(time.truncatedTo(ChronoUnit.SECONDS));
    }

    public String count(long number) {
        return number((double) number, 0);
    }

    /// `2.13`.
    public String ratio(double ratio) {
        return number(ratio, 2);
    }

    /// What is left, in words; nothing when that cannot be said.
    public String left(ViewProgress progress) {
        var left = progress.left();
        return left == null ? "" : text("progress.left", duration(left));
    }

    /// `parts 412 of 960`; nothing when there are none.
    public String parts(PackVolumes.Parts parts) {
        return parts.total() == 0 ? "" : text("pack.parts", count(parts.done()), count(parts.total()));
    }

    /// A step of a pipeline with its time: the title of its dot.
    public String step(ViewPipeline.Dot dot) {
        var words = new StringBuilder(text("step." + dot.step())).append(": ").append(text("dot." + dot.status()));
        if (dot.at() != null) words.append(", ").append(exact(dot.at()));
        if (dot.by() != null) words.append(", ").append(text("by", dot.by()));
        return words.toString();
    }

    /// The patterns that the scripts of a page need to write the same forms, as JSON.
    public String patterns() {
        var patterns = new TreeMap<String, String>();
        for (var key : SCRIPT_TEXTS) patterns.put(key, text(key, "{0}", "{1}"));
        return JSON.writeValueAsString(patterns);
    }

    /// A name as it can be shown: what would move the text around it, or hide in it, is made visible.
    public String name(@Nullable String name) {
        return name == null ? "" : UNSEEN.matcher(name).replaceAll("\uFFFD");
    }

    /// A text of the bundle; `??key??` when it is missing, which a test looks for.
    public String text(String key, Object... values) {
        return or("??" + key + "??", key, values);
    }

    /// A text for a word that another version may not know: the word itself then.
    public String word(String group, String word) {
        return or(word, group + "." + word);
    }

    private String or(String fallback, String key, Object... values) {
        var text = texts.getMessage(key, values, fallback, locale);
        return text == null ? fallback : text;
    }

    private String shortly(Duration span) {
        if (span.toSeconds() < 60) return text("duration.seconds", span.toSeconds());
        if (span.toMinutes() < 60) return text("duration.minutes", span.toMinutes());
        if (span.toHours() < 48) return text("duration.onlyHours", span.toHours());
        return text("duration.onlyDays", span.toDays());
    }

    /// Half a unit more, so that seven days less a second are seven days.
    private static Duration nearest(Duration span) {
        if (span.toMinutes() < 60) return span;
        return span.plus(span.toHours() < 48 ? Duration.ofMinutes(30) : Duration.ofHours(12));
    }

    private static double fraction(long done, long total) {
        if (total <= 0) return 0;
        return done >= total ? 1 : Math.floor(1000.0 * Math.max(0, done) / total) / 1000;
    }

    private String number(double value, int decimals) {
        var format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value);
    }
}
