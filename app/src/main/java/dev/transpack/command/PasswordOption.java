package dev.transpack.command;

import dev.transpack.settings.Secret;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/// A password from standard input: on the command line everyone on the machine could read it.
final class PasswordOption {
    @Option(
            names = "--password-stdin",
            description = "Read the password, one line, from standard input. Without this a one-time password is made.")
    private boolean fromInput;

    /// The password that was given, if one was to be.
    Optional<Secret> read() throws IOException {
        return fromInput ? Optional.of(Input.password()) : Optional.empty();
    }
}
