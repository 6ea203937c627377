package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How far a transfer is, on one line that is written again on a terminal and now and then elsewhere.
final class ProgressLine implements AutoCloseable {
    private static final Duration ON_A_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final InstantSource clock;
    private final boolean terminal;
    private long begunAt;
    private long begunBytes = -1;
    private long writtenAt;
    private boolean written;
    private @Nullable String noted;

    ProgressLine(PrintWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.terminal = Output.watched();
        this.begunAt = clock.millis();
        this.writtenAt = terminal ? 0 : begunAt;
    }

    /// Says it, if the last time is long enough ago.
    synchronized void show(long done, long total) {
        var now = clock.millis();
        if (begunBytes < 0) {
            begunBytes = done;
            begunAt = now;
        }
        if (now - writtenAt < (terminal ? ON_A_TERMINAL : ELSEWHERE).toMillis()) return;
        writtenAt = now;
        write(line(done, total, now));
    }

    /// Says something beside it on a line of its own, and not again before something else was said.
    synchronized void note(String sentence) {
        if (sentence.equals(noted)) return;
        noted = sentence;
        out.print((terminal ? "\r\u001b[K" : "") + Plain.line(sentence) + "\n");
        out.flush();
    }

    /// Makes room for another line.
    synchronized void clear() {
        if (terminal && written) out.print("\r\u001b[K");
        written = false;
        out.flush();
    }

    @Override
    public void close() {
        clear();
    }

    private void write(String line) {
        written = true;
        out.print(terminal ? "\r\u001b[K" + line : line + "\n");
        out.flush();
    }

    private String line(long done, long total, long now) {
        var rate = now == begunAt ? 0 : (done - begunBytes) * 1000 / (now - begunAt);
        var left = rate == 0 ? "" : "  " + Figures.duration(Duration.ofSeconds((total - done) / rate)) + " left";
        return "%s  %s of %s  %s%s"
                .formatted(Bar.of(done, total), Figures.size(done), Figures.size(total), Figures.rate(rate), left);
    }
}
