package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.settings.SettingsException;
import dev.transpack.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// `transpack.yml`: read, or everything that is wrong with it in sentences.
public final class SettingsFuzz {
    private static final Path FILE = file();

    private SettingsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        try {
            assertThat(AppSettings.read(SettingsSource.read(FILE, Map.of()))).isNotNull();
        } catch (SettingsException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    private static Path file() {
        try {
            var file = Files.createTempFile("transpack", ".yml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
