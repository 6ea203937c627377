package dev.transpack.command;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Numbers as people read them.
final class Figures {
    private static final int BAR = 24;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Figures() {}

    /// `3.4 GiB`; `?` for what nobody has counted.
    static String bytes(long bytes) {
        if (bytes < 0) return "?";
        var unit = 0;
        var value = (double) bytes;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /// `42 %` of a whole; empty when that is not known. Never 100 before all of it is done.
    static String percent(long done, long total) {
        return total <= 0 ? "" : Math.min(done, total) * 100 / total + " %";
    }

    /// `40 %`, in steps of ten.
    static String tenth(long done, long total) {
        return done * 10 / total * 10 + " %";
    }

    /// `[######------------------] 25 %`; an empty bar for a whole that is not known.
    static String bar(long done, long total) {
        var full = total <= 0 ? 0 : (int) (Math.min(done, total) * (double) BAR / total);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + percent(done, total);
    }

    /// `1 h 5 min`, `3 min 20 s`, `12 s`.
    static String duration(long seconds) {
        if (seconds < 60) return seconds + " s";
        if (seconds < 3600) return seconds / 60 + " min " + seconds % 60 + " s";
        return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    /// `2026-11-22 14:05`, in UTC; empty when it is not known.
    static String time(JsonNode time) {
        return minute(time.asString(""));
    }

    /// The same, or a word for never.
    static String time(@Nullable Instant time, String never) {
        return time == null ? never : minute(time.toString());
    }

    private static String minute(String written) {
        return written.length() < 16 ? "" : written.substring(0, 16).replace('T', ' ');
    }
}
