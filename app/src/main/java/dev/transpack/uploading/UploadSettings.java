package dev.transpack.uploading;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.SourceDisk;
import dev.transpack.librar.Volume;
import dev.transpack.settings.SettingsReader;
import java.util.Collections;
import java.util.Comparator;

/// How uploads go.
///
/// @param partSize bytes of a part; grows where a volume would have more than 10,000 of them
/// @param partsInFlight how many parts are on their way at a time; memory is this + 3 parts; fewer where that
///     would be more than 1 GiB
/// @param readers how many parts of a pack are read at once; 0 is as its disk suggests
/// @param rate bytes a second, all uploads together
public record UploadSettings(int partSize, int partsInFlight, int readers, RateRules rate) {
    private static final SourceDisk DISK = new SourceDisk();
    private static final int SMALLEST_PART = 5 << 20;
    private static final int LARGEST_PART = 1 << 30;
    private static final int MOST_PARTS = 10_000;
    private static final long STEP = 1 << 20;
    private static final long BUDGET = 1L << 30;
    private static final int BESIDES = 3;
    /// Amazon S3 User Guide, "Multipart upload limits".
    private static final long LARGEST_OBJECT = 5L << 40;

    /// 16 MiB, 4 in flight, read as the disk suggests, as fast as it goes.
    public static final UploadSettings DEFAULTS = new UploadSettings(16 << 20, 4, 0, RateRules.UNLIMITED);

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
        var partSize = fits ? (int) size.bytes() : DEFAULTS.partSize;
        return new UploadSettings(
                partSize,
                partsInFlight(settings, partSize),
                settings.number("upload.readers", DEFAULTS.readers, 0, 16),
                RateRules.read(settings));
    }

    /// How many parts of a plan are to be read at once.
    int readers(ArchivePlan plan) {
        return readers > 0 ? readers : DISK.readers(plan.entries().getFirst().source());
    }

    /// How many parts of this size may be on their way: as many as were asked for, unless they and the 3 besides would
    /// take more than 1 GiB of memory; at least one.
    static int withinMemory(int partsInFlight, int partSize) {
        return (int) Math.max(1, Math.min(partsInFlight, BUDGET / partSize - BESIDES));
    }

    private static int partsInFlight(SettingsReader settings, int partSize) {
        var asked = settings.number("upload.parts-in-flight", DEFAULTS.partsInFlight, 1, 64);
        var most = withinMemory(64, partSize);
        if (asked > most && settings.find("upload.parts-in-flight").isPresent())
            settings.problem(
                    "upload.parts-in-flight",
                    Integer.toString(asked),
                    "they and 3 more parts of upload.part-size may take 1 GiB of memory: write " + most
                            + " or less, or a smaller part size");
        return Math.min(asked, most);
    }

    /// The part size for a plan's volumes. To be remembered with the pack: a resumed upload must go on with the same.
    ///
    /// @throws ArchiveException REFUSED if a volume is larger than any object may be
    public int partSizeFor(ArchivePlan plan) throws ArchiveException {
        var longest = Collections.max(plan.volumes(), Comparator.comparingLong(Volume::length));
        if (longest.length() > LARGEST_OBJECT)
            throw new ArchiveException(
                    ArchiveException.Kind.REFUSED,
                    "'" + longest.name() + "' would be larger than the 5 TiB an object may have: choose a volume size");
        return partSizeFor(longest.length());
    }

    int partSizeFor(long longestVolume) {
        var least = Math.ceilDiv(Math.ceilDiv(longestVolume, MOST_PARTS), STEP) * STEP;
        return Math.toIntExact(Math.max(partSize, least));
    }
}
