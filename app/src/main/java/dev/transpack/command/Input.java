package dev.transpack.command;

import dev.transpack.settings.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What somebody types, or a program pipes in.
final class Input {
    private static final int LONGEST = 4_096;

    private Input() {}

    /// A password from standard input: on the command line everyone on the machine could read it.
    static Secret password() throws IOException {
        var line = line();
        if (line == null || line.isEmpty())
            throw new CommandRefused("There is no password on standard input: send one line.");
        return new Secret(line);
    }

    /// One line of standard input without its end; null when nobody answers.
    static @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        var next = System.in.read();
        if (next < 0) return null;
        for (; next >= 0 && next != '\n' && line.size() < LONGEST; next = System.in.read()) line.write(next);
        return line.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
    }
}
