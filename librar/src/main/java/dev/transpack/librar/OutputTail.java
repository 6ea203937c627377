package dev.transpack.librar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads all a program says, so that it never blocks, and keeps the last lines.
final class OutputTail implements AutoCloseable {
    private static final int LINES = 20;
    private static final int LONGEST = 1000;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final Thread thread;
    private volatile @Nullable String question;

    OutputTail(InputStream output) {
        thread = Thread.ofVirtual().name("rar output").start(() -> drain(output));
    }

    /// The last lines that are not blank. Waits for the end of the output; the program must have ended.
    List<String> lines() {
        close();
        return linesSoFar();
    }

    /// What went wrong, when it waits for somebody to say what to do about it: the line before `[R]etry, [A]bort`.
    Optional<String> question() {
        return Optional.ofNullable(question);
    }

    private List<String> linesSoFar() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /// Waits for the end of the output, even if interrupted: the program has ended, so it is near.
    @Override
    public void close() {
        var interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(InputStream output) {
        var line = new ByteArrayOutputStream();
        try (output) {
            var bytes = new byte[8192];
            for (var read = output.read(bytes); read >= 0; read = output.read(bytes)) {
                for (var i = 0; i < read; i++) {
                    if (bytes[i] == '\n' || bytes[i] == '\r') {
                        ask(line.toString(StandardCharsets.UTF_8));
                        keep(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    } else if (line.size() < LONGEST) {
                        line.write(bytes[i]);
                    }
                }
                ask(line.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            keep("(its output ended: " + e.getMessage() + ")"); // the exit status tells whether it went well
        }
        keep(line.toString(StandardCharsets.UTF_8));
    }

    /// Also of a line that is finished: a leave for the next volume, given in advance, may have answered the question.
    private void ask(String said) {
        var choices = said.indexOf("[R]etry, [A]bort");
        if (choices >= 0) {
            question = said.substring(0, choices).strip();
        }
    }

    private void keep(String line) {
        if (line.isBlank()) {
            return;
        }
        synchronized (lines) {
            lines.addLast(line.strip());
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
        }
    }
}
