package dev.transpack.librar;

/// What the `rar` program is asked to do beyond storing. The password is not here: it is handed over apart, so
/// that it is never printed, compared or kept.
///
/// @param volumeSize bytes of a volume
/// @param level compression, 0 (store) to 5 (best)
/// @param recoveryPercent size of the recovery record, 0 (none) to 100
public record RarOptions(long volumeSize, int level, int recoveryPercent) {
    /// Refuses what the program would refuse.
    public RarOptions {
        if (volumeSize < 1 || volumeSize > ArchiveOptions.LARGEST_VOLUME) {
            throw new IllegalArgumentException("impossible volume size " + volumeSize);
        }
        if (level < 0 || level > 5) {
            throw new IllegalArgumentException("compression level " + level + " is not within 0..5");
        }
        if (recoveryPercent < 0 || recoveryPercent > 100) {
            throw new IllegalArgumentException("recovery record of " + recoveryPercent + " % is not within 0..100");
        }
    }
}
