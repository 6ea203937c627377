package dev.transpack.uploading;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/// How uploads go.
///
/// @param partSize bytes of a part; grows where a volume would have more than 10,000 of them
/// @param partsInFlight how many parts are on their way at a time; memory is this + 3 parts
/// @param rateLimit bytes a second, all uploads together; null is no limit
public record UploadSettings(
        int partSize, int partsInFlight, @Nullable ByteSize rateLimit) {
    private static final int SMALLEST_PART = 5 << 20;
    private static final int LARGEST_PART = 1 << 30;
    private static final int MOST_PARTS = 10_000;
    private static final long STEP = 1 << 20;

    /// 16 MiB, 4 in flight, as fast as it goes.
    public static final UploadSettings DEFAULTS = new UploadSettings(16 << 20, 4, null);

    /// Refuses what no destination accepts.
    public UploadSettings {
        if (partSize < SMALLEST_PART || partSize > LARGEST_PART)
            throw new IllegalArgumentException("part size " + partSize + " is not within 5 MiB and 1 GiB");
        if (partsInFlight < 1 || partsInFlight > 64)
            throw new IllegalArgumentException("parts in flight " + partsInFlight + " are not within 1 and 64");
    }

    /// Reads `upload.*`; what is wrong is noted in the reader.
    public static UploadSettings read(SettingsReader settings) {
        var size = settings.size("upload.part-size", "16m");
        var fits = size.bytes() >= SMALLEST_PART && size.bytes() <= LARGEST_PART;
        if (!fits) settings.problem("upload.part-size", size.toString(), "write a size from 5m to 1g");
        var rate = settings.findSize("upload.rate-limit");
        rate.filter(limit -> limit.bytes() < 1024)
                .ifPresent(limit -> settings.problem(
                        "upload.rate-limit", limit.toString(), "write bytes a second, such as 10m; 1k is the least"));
        return new UploadSettings(
                fits ? (int) size.bytes() : DEFAULTS.partSize,
                settings.number("upload.parts-in-flight", DEFAULTS.partsInFlight, 1, 64),
                rate.filter(limit -> limit.bytes() >= 1024).orElse(null));
    }

    /// The part size for volumes of at most so many bytes. To be remembered with the pack: a resumed upload must go on
    /// with the same.
    public int partSizeFor(long longestVolume) {
        var least = Math.ceilDiv(Math.ceilDiv(longestVolume, MOST_PARTS), STEP) * STEP;
        return Math.toIntExact(Math.max(partSize, least));
    }
}
