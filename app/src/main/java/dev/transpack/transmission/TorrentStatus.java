package dev.transpack.transmission;

/// What the daemon is doing with a torrent.
public enum TorrentStatus {
    STOPPED,
    CHECK_WAIT,
    CHECKING,
    DOWNLOAD_WAIT,
    DOWNLOADING,
    SEED_WAIT,
    SEEDING,
    /// A number this version does not know.
    UNKNOWN;

    static TorrentStatus of(long number) {
        return switch (Math.clamp(number, -1, Integer.MAX_VALUE)) {
            case 0 -> STOPPED;
            case 1 -> CHECK_WAIT;
            case 2 -> CHECKING;
            case 3 -> DOWNLOAD_WAIT;
            case 4 -> DOWNLOADING;
            case 5 -> SEED_WAIT;
            case 6 -> SEEDING;
            default -> UNKNOWN;
        };
    }

    /// The data is being compared with the torrent, or waits for it.
    public boolean isChecking() {
        return this == CHECK_WAIT || this == CHECKING;
    }

    /// Everything wanted is here and offered to others.
    public boolean isSeeding() {
        return this == SEED_WAIT || this == SEEDING;
    }
}
