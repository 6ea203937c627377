package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// How far the server is with something: a bar that moves on a terminal, else a line for every tenth. Nothing for
/// programs.
final class WatchedBytes implements AutoCloseable {
    private final Output output;
    private final boolean bar;
    private String last = "";

    WatchedBytes(Output output) {
        this.output = output;
        this.bar = Output.watched() && !output.json();
    }

    /// Says it, if it is news.
    ///
    /// @param progress as the API gives it, with `bytesTotal`, `bytesPerSecond`, `etaSeconds` and `waitingFor`
    /// @param doneBytes the name of what is done
    void show(JsonNode progress, String doneBytes) {
        if (output.json()) return;
        var done = progress.path(doneBytes).asLong(0);
        var total = progress.path("bytesTotal").asLong(0);
        var rests = rests(progress);
        if (bar)
            output.overwrite(Bar.of(done, total) + (rests.isEmpty() ? figures(progress, done, total) : "  " + rests));
        else plain(rests, done, total, figures(progress, done, total));
    }

    @Override
    public void close() {
        if (bar) output.overwrite("");
    }

    private void plain(String rests, long done, long total, String figures) {
        var tenth = total <= 0 ? "waiting" : String.valueOf(done * 10 / total);
        var line = rests.isEmpty() ? tenth : rests;
        if (line.equals(last)) return;
        last = line;
        output.line(rests.isEmpty() && total > 0 ? Figures.percent(done, total) + figures : line);
    }

    /// Why nothing moves; empty when it does.
    private static String rests(JsonNode progress) {
        if (progress.path("state").asString("").equals("paused")) return "paused: it goes on with transpack resume";
        var why = progress.path("waitingFor").asString("");
        return progress.path("nextAttemptAt").asString("").isEmpty() ? why : "will be tried again: " + why;
    }

    private static String figures(JsonNode progress, long done, long total) {
        if (total <= 0) return " waiting";
        var eta = progress.path("etaSeconds");
        return "  " + Figures.size(done) + " of " + Figures.size(total) + "  "
                + Figures.rate(progress.path("bytesPerSecond").asLong(0))
                + (eta.isNumber() ? "  " + Figures.duration(Duration.ofSeconds(eta.asLong())) + " left" : "");
    }
}
