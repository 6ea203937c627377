package dev.transpack.packing;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How packs are made when a request does not say.
///
/// @param usual complete, and without a problem
/// @param rarBinary the proprietary program, where it is installed: for [dev.transpack.librar.RarBinary]
/// @param stagingDir where that program leaves volumes until they are uploaded
/// @param presets what is left out
public record PackSettings(PackForm usual, Path rarBinary, Path stagingDir, List<ExcludePreset> presets) {
    private static final String LEVEL = "pack.level";
    private static final String VOLUME_SIZE = "pack.volume-size";
    private static final String EXCLUDE = "pack.exclude";

    public PackSettings {
        presets = List.copyOf(presets);
    }

    /// @param dataDir staging lies in it, unless the settings say where
    public static PackSettings read(SettingsReader reader, Path dataDir) {
        var format = reader.choice("pack.format", PackFormat.RAR);
        var level = reader.number(LEVEL, 0, 0, 5);
        if (level > 0 && format != PackFormat.RAR_BINARY)
            reader.problem(LEVEL, reader.text(LEVEL, ""), "only pack.format rar-binary compresses: set 0, or that");
        var volumeSize = reader.size(VOLUME_SIZE, "500m");
        if (volumeSize.bytes() < PackForm.LEAST_VOLUME)
            reader.problem(VOLUME_SIZE, volumeSize.toString(), "write 5m or more");
        var recovery = reader.number("pack.recovery", 0, 0, 100);
        return new PackSettings(
                new PackForm(format, volumeSize.bytes(), level, recovery),
                reader.path("pack.rar-binary", Path.of("/usr/bin/rar")),
                reader.path("pack.staging-dir", dataDir.resolve("staging")),
                presets(reader));
    }

    private static List<ExcludePreset> presets(SettingsReader reader) {
        var presets = new ArrayList<ExcludePreset>();
        for (var word : reader.list(EXCLUDE)) {
            try {
                presets.add(ExcludePreset.of(word));
            } catch (IllegalArgumentException e) {
                reader.problem(EXCLUDE, word, "write samples, junk or both");
            }
        }
        return presets;
    }

    /// The program, and where it leaves volumes.
    public RarTool rar() {
        return new RarTool(rarBinary, new Staging(stagingDir, "pack.staging-dir"));
    }

    /// For people and the send dialog: `500m`.
    public String volumeSize() {
        return new ByteSize(usual.volumeSize() == null ? 0 : usual.volumeSize()).toString();
    }
}
