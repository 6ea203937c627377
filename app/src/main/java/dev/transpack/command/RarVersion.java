package dev.transpack.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        var process = new ProcessBuilder(program.toString())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            var said = new String(process.getInputStream().readNBytes(ENOUGH), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new IOException("it does not end");
            return said.lines()
                    .filter(line -> line.startsWith("RAR "))
                    .map(line -> line.replaceAll("\\s{2,}.*", ""))
                    .findFirst()
                    .orElseThrow(() -> new IOException("it does not say that it is RAR"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
