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

    /// The daemon counts them from zero, in this order.
    static TorrentStatus of(long number) {
        return number >= 0 && number < UNKNOWN.ordinal() ? values()[(int) number] : UNKNOWN;
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
