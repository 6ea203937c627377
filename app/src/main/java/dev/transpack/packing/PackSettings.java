package dev.transpack.packing;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsReader;
import java.nio.file.Path;

/// How packs are made when a request does not say.
///
/// @param usual complete, and without a problem
/// @param rarBinary the proprietary program, where it is installed: for [dev.transpack.librar.RarBinary]
public record PackSettings(PackForm usual, Path rarBinary) {
    private static final String LEVEL = "pack.level";
    private static final String VOLUME_SIZE = "pack.volume-size";

    public static PackSettings read(SettingsReader reader) {
        var format = reader.choice("pack.format", PackFormat.RAR);
        var level = reader.number(LEVEL, 0, 0, 5);
        if (level > 0 && format == PackFormat.RAR)
            reader.problem(
                    LEVEL,
                    reader.text(LEVEL, ""),
                    "the format rar stores and does not compress: set 0, or pack.format to rar-binary");
        var volumeSize = reader.size(VOLUME_SIZE, "500m");
        if (volumeSize.bytes() < PackForm.LEAST_VOLUME)
            reader.problem(VOLUME_SIZE, volumeSize.toString(), "write 5m or more");
        var recovery = reader.number("pack.recovery", 0, 0, 100);
        return new PackSettings(
                new PackForm(format, volumeSize.bytes(), level, recovery),
                reader.path("pack.rar-binary", Path.of("/usr/bin/rar")));
    }

    /// For people and the send dialog: `500m`.
    public String volumeSize() {
        return new ByteSize(usual.volumeSize() == null ? 0 : usual.volumeSize()).toString();
    }
}
