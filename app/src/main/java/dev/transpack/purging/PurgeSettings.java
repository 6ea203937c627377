package dev.transpack.purging;

import dev.transpack.settings.SettingsReader;
import java.time.Duration;

/// How long the copy in the bucket stays after the source was purged, as undo.
public record PurgeSettings(Duration keep) {
    /// Reads `purge.keep-days`.
    public static PurgeSettings read(SettingsReader reader) {
        return new PurgeSettings(Duration.ofDays(reader.number("purge.keep-days", 7, 0, 3650)));
    }
}
