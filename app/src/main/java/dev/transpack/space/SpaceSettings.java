package dev.transpack.space;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// When room is little, and when an upload is abandoned.
///
/// @param dataDir where the database lies
/// @param diskLow free bytes below which somebody is warned
/// @param abandonedAfter how long an upload that no row knows must have been untouched before it is aborted
public record SpaceSettings(Path dataDir, ByteSize diskLow, Duration abandonedAfter) {
    private static final String DISK_LOW = "space.disk-low";
    private static final String ABANDONED = "upload.abandoned-after";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,5})([hd])");

    /// Reads `space.disk-low` and `upload.abandoned-after`.
    public static SpaceSettings read(SettingsReader reader, Path dataDir) {
        return new SpaceSettings(dataDir, reader.size(DISK_LOW, "2g"), abandonedAfter(reader));
    }

    private static Duration abandonedAfter(SettingsReader reader) {
        var text = reader.text(ABANDONED, "7d");
        var written = WRITTEN.matcher(text);
        if (written.matches()) {
            var count = Long.parseLong(written.group(1));
            var time = written.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count);
            if (time.isPositive() && time.compareTo(Duration.ofDays(3650)) <= 0) return time;
        }
        reader.problem(ABANDONED, text, "write 1h to 3650d, such as 48h or 7d");
        return WEEK;
    }
}
