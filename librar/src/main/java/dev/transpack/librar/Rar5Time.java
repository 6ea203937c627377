package dev.transpack.librar;

import java.time.Instant;

/// The time record of a file header. It has two forms of one length, so a time never moves anything: unix
/// seconds with nanoseconds for 1970 to 2106, and Windows FILETIME (100 ns steps since 1601) outside (format
/// section 2).
final class Rar5Time {
    static final int LENGTH = 11;

    private static final int TIME_RECORD = 3;
    private static final int UNIX_WITH_NANOSECONDS = 0x13;
    private static final int WINDOWS = 0x02;

    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;
    private static final long LATEST_UNIX = 0xFFFF_FFFFL;
    /// The largest time that fits a signed 64-bit FILETIME.
    private static final long LATEST_WINDOWS = Long.MAX_VALUE / 10_000_000 - SECONDS_1601_TO_1970 - 1;

    private Rar5Time() {}

    static byte[] record(Instant time) {
        var seconds = time.getEpochSecond();
        var nanoseconds = time.getNano();
        var record = new ByteWriter().vint(LENGTH - 1).vint(TIME_RECORD);
        if (seconds >= 0 && seconds <= LATEST_UNIX) {
            record.vint(UNIX_WITH_NANOSECONDS).u32(seconds).u32(nanoseconds);
        } else {
            record.vint(WINDOWS).u64(fileTime(time));
        }
        return record.toArray();
    }

    /// Whether the record gives this time back to within 100 ns.
    static boolean holds(Instant time) {
        return time.getEpochSecond() >= -SECONDS_1601_TO_1970 && time.getEpochSecond() <= LATEST_WINDOWS;
    }

    /// The nearest FILETIME; at least 1, so that no reader can take it for "no time".
    static long fileTime(Instant time) {
        var seconds = time.getEpochSecond();
        var nanoseconds = time.getNano();
        if (seconds < -SECONDS_1601_TO_1970) {
            return 1;
        }
        if (seconds > LATEST_WINDOWS) {
            return Long.MAX_VALUE;
        }
        return Math.max(1, (seconds + SECONDS_1601_TO_1970) * 10_000_000 + nanoseconds / 100);
    }
}
