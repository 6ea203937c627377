package dev.transpack.accounts;

import java.time.Duration;

/// How long to wait, as people say it.
public final class Waits {
    private Waits() {}

    /// Such as `40 seconds` or `3 minutes`; never too short.
    public static String inWords(Duration wait) {
        var seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        if (seconds == 1) return "1 second";
        if (seconds <= 90) return seconds + " seconds";
        return (seconds + 59) / 60 + " minutes";
    }
}
