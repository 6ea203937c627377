package dev.transpack.web;

import dev.transpack.settings.Figures;
import dev.transpack.uploading.PackVolumes;
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

/// Numbers, times and texts as pages show them; every page has it as `show`. The rules for numbers are those of
/// [Figures], for commands too.
public final class ViewFormat {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ISO_INSTANT;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    /// Control characters, and marks that turn the direction of what follows (Unicode TR 9).
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> SCRIPT_TEXTS =
            List.of("time.now", "time.ago", "time.in", "progress.left", "pack.parts", "volume.SENDING");

    private final Instant now;
    private final MessageSource texts;

    ViewFormat(Instant now, MessageSource texts) {
        this.now = now;
        this.texts = texts;
    }

    public String size(long bytes) {
        return Figures.size(bytes);
    }

    public String rate(long bytesPerSecond) {
        return Figures.rate(bytesPerSecond);
    }

    public String percent(long done, long total) {
        return Figures.percent(done, total);
    }

    /// For `value` attributes.
    public String percentValue(long done, long total) {
        return Figures.percentValue(done, total);
    }

    public String count(long number) {
        return Figures.count(number);
    }

    /// `1 file`, `12 files`, `no files`.
    public String count(long number, String one) {
        return Figures.count(number, one);
    }

    /// `2.13`.
    public String ratio(double ratio) {
        return Figures.ratio(ratio);
    }

    /// `3 min ago`, `in 6 d`; the day itself when it is more than a month off.
    public String when(@Nullable Instant time) {
        if (time == null) return "";
        var away = Duration.between(time, now);
        var span = away.abs();
        if (span.toDays() > 30) return DAY.format(time);
        if (span.toSeconds() < 5) return text("time.now");
        return away.isNegative()
                ? text("time.in", Figures.about(nearest(span)))
                : text("time.ago", Figures.about(span));
    }

    /// To the second, in UTC.
    public String exact(@Nullable Instant time) {
        return time == null ? "" : EXACT.format(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /// What is left, in words; nothing when that cannot be said.
    public String left(ViewProgress progress) {
        var left = progress.left();
        return left == null ? "" : text("progress.left", Figures.duration(left));
    }

    /// `parts 412 of 960`; nothing when there are none.
    public String parts(PackVolumes.Parts parts) {
        return parts.total() == 0 ? "" : text("pack.parts", count(parts.done()), count(parts.total()));
    }

    /// Where a volume is: `Waiting`, `Sending 43.2 %`, `Stored`.
    public String volume(ViewVolume volume) {
        return text("volume." + volume.state(), percent(volume.accepted(), volume.size()));
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
        var text = texts.getMessage(key, values, fallback, Locale.ENGLISH);
        return text == null ? fallback : text;
    }

    /// Half a unit more, so that seven days less a second are seven days.
    private static Duration nearest(Duration span) {
        if (span.toMinutes() < 60) return span;
        return span.plus(span.toHours() < 48 ? Duration.ofMinutes(30) : Duration.ofHours(12));
    }
}
