package dev.transpack.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What a `rar` program says it is.
final class RarVersion {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ENOUGH = 4_096;

    private RarVersion() {}

    /// Its first line, such as `RAR 7.01`.
    ///
    /// @throws IOException when it cannot be run, or does not say
    static String of(Path program) throws IOException {
        // A pipe would be read until the program, and whatever it started, ends: a file lets us stop waiting.
        var said = Files.createTempFile("transpack", ".rar-version");
        try {
            run(program, said);
            return read(said)
                    .lines()
                    .filter(line -> line.startsWith("RAR "))
                    .map(line -> line.replaceAll("\\s{2,}.*", ""))
                    .findFirst()
                    .orElseThrow(() -> new IOException("it does not say that it is RAR"));
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static void run(Path program, Path said) throws IOException {
        var process = new ProcessBuilder(program.toString())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new IOException("it does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path said) throws IOException {
        try (var in = Files.newInputStream(said)) {
            return new String(in.readNBytes(ENOUGH), StandardCharsets.UTF_8);
        }
    }
}
