package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the independent programs that judge what librar writes.
final class Commands {
    private Commands() {}

    record Result(int exit, String output) {}

    static Result run(Path directory, List<String> command) throws IOException, InterruptedException {
        // 7-Zip applies the umask to the modes it restores; unrar does not.
        var unmasked = new ArrayList<>(List.of("sh", "-c", "umask 0; exec \"$@\"", "sh"));
        unmasked.addAll(command);
        var builder = new ProcessBuilder(unmasked).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TZ", "UTC");
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    static String succeed(Path directory, List<String> command) throws IOException, InterruptedException {
        var result = run(directory, command);
        assertThat(result.exit()).as("%s said: %s", command, result.output()).isZero();
        return result.output();
    }
}
