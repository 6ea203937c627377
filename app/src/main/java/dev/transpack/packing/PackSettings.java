package dev.transpack.packing;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsReader;
import java.nio.file.Path;

/// How packs are made when a request does not say.
///
/// @param rarBinary the proprietary program, where it is installed: for [dev.transpack.librar.RarBinary]
public record PackSettings(ByteSize volumeSize, Path rarBinary) {
    /// Smaller volumes than this cannot be uploaded in parts (S3 wants parts of 5 MiB) and help nobody.
    static final long LEAST_VOLUME = 5L << 20;

    public static PackSettings read(SettingsReader reader) {
        if (reader.number("pack.level", 0, 0, 5) > 0)
            reader.problem(
                    "pack.level", reader.text("pack.level", ""), "native volumes are stored, not compressed: set 0");
        reader.choice("pack.format", Format.RAR);
        var volumeSize = reader.size("pack.volume-size", "500m");
        if (volumeSize.bytes() < LEAST_VOLUME)
            reader.problem("pack.volume-size", volumeSize.toString(), "write 5m or more");
        return new PackSettings(volumeSize, reader.path("pack.rar-binary", Path.of("/usr/bin/rar")));
    }

    /// The archive formats that can be written.
    public enum Format {
        /// RAR5-compatible volumes in store mode, streamed.
        RAR
    }
}
