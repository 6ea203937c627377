package dev.transpack.settings;

import java.time.Duration;
import java.util.Locale;

/// Numbers as people read them, the same on pages, in sentences and in what commands print. `app.js` writes the same
/// forms, which a test compares.
public final class Figures {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Figures() {}

    /// Three figures and a power-of-1024 unit: `4.38 GiB`, `500 MiB`, `12 B`; `?` for what nobody has counted.
    public static String size(long bytes) {
        if (bytes < 0) return "?";
        var unit = 0;
        var value = (double) bytes;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        var decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return decimals(value, decimals) + " " + UNITS[unit];
    }

    /// `12.3 MiB/s`; nothing when it does not move.
    public static String rate(long bytesPerSecond) {
        return bytesPerSecond <= 0 ? "" : size(bytesPerSecond) + "/s";
    }

    /// `43.2 %`, never 100 before everything is done; nothing while the whole is not known.
    public static String percent(long done, long total) {
        return total <= 0 ? "" : percentValue(done, total) + " %";
    }

    /// The same as a plain number, from `0.0` to `100.0`.
    public static String percentValue(long done, long total) {
        if (total > 0 && done >= total) return "100.0";
        var share = total <= 0 ? 0 : Math.floor(1000.0 * Math.max(0, done) / total);
        return decimals(share / 10, 1);
    }

    /// `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`: two units at most.
    public static String duration(Duration time) {
        var seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) return seconds + " s";
        if (seconds < 3600) return seconds / 60 + " min" + rest(seconds % 60, "s");
        if (seconds < 86_400) return seconds / 3600 + " h" + rest(seconds % 3600 / 60, "min");
        return seconds / 86_400 + " d" + rest(seconds % 86_400 / 3600, "h");
    }

    /// One unit: `12 s`, `3 min`, `47 h`, `6 d`.
    public static String about(Duration time) {
        if (time.toSeconds() < 60) return time.toSeconds() + " s";
        if (time.toMinutes() < 60) return time.toMinutes() + " min";
        return time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " d";
    }

    /// `1,234`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `1 file`, `12 files`, `no files`.
    ///
    /// @param one the word for one of them, whose plural ends in `s`
    public static String count(long number, String one) {
        return (number == 0 ? "no" : count(number)) + " " + one + (number == 1 ? "" : "s");
    }

    /// `2.13`.
    public static String ratio(double ratio) {
        return decimals(ratio, 2);
    }

    private static String rest(long number, String unit) {
        return number == 0 ? "" : " " + number + " " + unit;
    }

    private static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
