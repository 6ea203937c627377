package dev.transpack.librar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The readers whose word counts.
enum Extractors {
    /// With leave to extract links that lead out, which it leaves away otherwise.
    UNRAR {
        @Override
        List<String> command(Path first, Path target, String password) {
            return List.of("unrar", "x", "-idq", "-y", "-ola", "-p" + password, "--", first.toString(), target + "/");
        }
    },
    SEVEN_ZIP {
        @Override
        List<String> command(Path first, Path target, String password) {
            return List.of("7z", "x", "-y", "-bd", "-p" + password, "-o" + target, "--", first.toString());
        }
    };

    /// What unrar takes for "there is no password".
    private static final String NONE = "-";

    abstract List<String> command(Path first, Path target, String password);

    /// Extracts a set into a new folder below a scratch folder, and returns that folder.
    Path extract(Path first, Path scratch) throws IOException, InterruptedException {
        return extract(first, scratch, NONE);
    }

    /// Extracts a set under a password.
    Path extract(Path first, Path scratch, String password) throws IOException, InterruptedException {
        var target = Files.createTempDirectory(scratch, name().toLowerCase(Locale.ROOT));
        Commands.succeed(scratch, command(first, target, password));
        return target;
    }
}
