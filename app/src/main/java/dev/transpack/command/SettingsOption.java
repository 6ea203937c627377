package dev.transpack.command;

import dev.transpack.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a command finds its settings: `--config`, else the first `transpack.yml` of the usual places.
final class SettingsOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings file; else transpack.yml here, in ~/.config/transpack or in /etc/transpack.")
    private @Nullable Path config;

    /// The file beside the environment, and a command's own options over both.
    SettingsSource source(Map<String, String> overrides) {
        return SettingsSource.read(config != null ? config : usual(), System.getenv())
                .with(overrides);
    }

    private static @Nullable Path usual() {
        var home = System.getProperty("user.home");
        return List.of(Path.of(""), Path.of(home, ".config", "transpack"), Path.of("/etc/transpack")).stream()
                .map(folder -> folder.resolve("transpack.yml"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }
}
