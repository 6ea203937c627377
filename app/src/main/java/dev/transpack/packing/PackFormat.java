package dev.transpack.packing;

import dev.transpack.librar.ArchiveFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a pack's volumes are.
public enum PackFormat {
    /// RAR5-compatible volumes in store mode, streamed.
    RAR(ArchiveFormat.RAR5),
    /// One ZIP, or `.zip.001`, `.zip.002`... when a volume size is given; stored, streamed.
    ZIP(ArchiveFormat.ZIP),
    /// One TAR, or `.tar.001`, `.tar.002`... when a volume size is given; streamed.
    TAR(ArchiveFormat.TAR),
    /// Every file an object of its own, in its folder.
    FILES(ArchiveFormat.FILES),
    /// Volumes of the proprietary `rar` program, which compresses; staged on the disk two at a time.
    RAR_BINARY(ArchiveFormat.RAR5);

    private final ArchiveFormat layout;

    PackFormat(ArchiveFormat layout) {
        this.layout = layout;
    }

    /// The format that somebody wrote.
    ///
    /// @throws IllegalArgumentException in a sentence, when there is none of that name
    public static PackFormat of(String word) {
        for (var format : values()) if (format.word().equalsIgnoreCase(word.strip())) return format;
        var known = Arrays.stream(values()).map(PackFormat::word).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("There is no format '" + word + "': write one of " + known + ".");
    }

    /// As it is written in requests and commands: `rar-binary`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How librar lays it out. What the `rar` program makes is its own affair: librar's layout then says what goes in.
    ArchiveFormat layout() {
        return layout;
    }

    boolean isEncryptable() {
        return layout == ArchiveFormat.RAR5 || layout == ArchiveFormat.ZIP;
    }

    /// Whether it comes in volumes when nobody says how large.
    boolean isInVolumes() {
        return layout == ArchiveFormat.RAR5;
    }
}
