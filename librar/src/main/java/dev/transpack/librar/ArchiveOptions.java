package dev.transpack.librar;

import org.jspecify.annotations.Nullable;

/// How an archive is laid out.
///
/// @param format the layout
/// @param volumeSize the most bytes a volume may have; at most [#LARGEST_VOLUME]
/// @param encryption the password and what it hides; null when everything stands in the clear
/// @param portableNames whether names change that Windows, macOS or Linux cannot hold, or that fall together there
public record ArchiveOptions(
        ArchiveFormat format, long volumeSize, @Nullable Encryption encryption, boolean portableNames) {
    /// 1 PiB: beyond any store's largest object, and far from any overflow.
    public static final long LARGEST_VOLUME = 1L << 50;

    /// Refuses volume sizes that make no sense; whether a header fits is the plan's question.
    public ArchiveOptions {
        if (volumeSize < 1 || volumeSize > LARGEST_VOLUME) {
            throw new IllegalArgumentException("volume size " + volumeSize + " is not within 1.." + LARGEST_VOLUME);
        }
    }

    /// An archive without a password, its names as they are.
    public ArchiveOptions(ArchiveFormat format, long volumeSize) {
        this(format, volumeSize, null, false);
    }

    /// One object, however large.
    public static ArchiveOptions whole(ArchiveFormat format) {
        return new ArchiveOptions(format, LARGEST_VOLUME);
    }

    /// Whether it is not cut into volumes.
    public boolean isWhole() {
        return volumeSize == LARGEST_VOLUME;
    }

    /// RAR5-compatible volumes of at most this many bytes.
    public static ArchiveOptions rar5(long volumeSize) {
        return new ArchiveOptions(ArchiveFormat.RAR5, volumeSize);
    }

    /// The same layout under a password.
    public ArchiveOptions encrypted(Encryption with) {
        return new ArchiveOptions(format, volumeSize, with, portableNames);
    }

    /// The same layout with names that every system can hold: `_` stands in place of what is reserved, and ` (2)`
    /// before the extension of what would fall together with something else.
    public ArchiveOptions withPortableNames() {
        return new ArchiveOptions(format, volumeSize, encryption, true);
    }
}
