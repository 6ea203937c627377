package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Follows a pack until it is ready: a bar that moves on a terminal, else a line for every tenth.
final class PackWatch {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final ApiClient api;
    private final Output output;
    private final boolean bar;
    private String last = "";

    PackWatch(ApiClient api, Output output) {
        this.api = api;
        this.output = output;
        this.bar = Output.watched() && !output.json();
    }

    /// The pack as it is at the end.
    ///
    /// @throws ApiFailure when it failed, was cancelled or purged
    JsonNode untilReady(String id) throws ApiFailure, InterruptedException {
        try {
            while (true) {
                var pack = api.get("/packs/" + id);
                var state = pack.path("state").asString("");
                switch (state) {
                    case "queued", "sending" -> show(pack);
                    case "ready" -> {
                        return pack;
                    }
                    default -> throw ended(pack, state);
                }
                Thread.sleep(EVERY);
            }
        } finally {
            if (bar) output.overwrite("");
        }
    }

    private static ApiFailure ended(JsonNode pack, String state) {
        var error = pack.path("error").asString("");
        return new ApiFailure(
                "",
                "'" + pack.path("name").asString("") + "' is " + state + (error.isEmpty() ? "." : ": " + error)
                        + (state.equals("failed")
                                ? " Then: transpack retry " + pack.path("id").asString("")
                                : ""));
    }

    private void show(JsonNode pack) {
        if (output.json()) return;
        var progress = pack.path("progress");
        var done = progress.path("bytesUploaded").asLong(0);
        var total = progress.path("bytesTotal").asLong(0);
        var waiting = waitingFor(progress);
        if (bar)
            output.overwrite(
                    Bar.of(done, total) + (waiting.isEmpty() ? figures(progress, done, total) : "  " + waiting));
        else plain(progress, done, total);
    }

    private void plain(JsonNode progress, long done, long total) {
        var tenth = total <= 0 ? "waiting" : String.valueOf(done * 10 / total);
        var waiting = waitingFor(progress);
        var line = waiting.isEmpty() ? tenth : waiting;
        if (line.equals(last)) return;
        last = line;
        output.line(
                waiting.isEmpty() && total > 0 ? Figures.percent(done, total) + figures(progress, done, total) : line);
    }

    private static String waitingFor(JsonNode progress) {
        if (progress.path("state").asString("").equals("paused")) return "paused: it goes on with transpack resume";
        var waiting = progress.path("waitingFor").asString("");
        return waiting.isEmpty() ? "" : "will be tried again: " + waiting;
    }

    private static String figures(JsonNode progress, long done, long total) {
        if (total <= 0) return " waiting";
        var eta = progress.path("etaSeconds");
        return "  " + Figures.size(done) + " of " + Figures.size(total) + "  "
                + Figures.rate(progress.path("bytesPerSecond").asLong(0))
                + (eta.isNumber() ? "  " + Figures.duration(Duration.ofSeconds(eta.asLong())) + " left" : "");
    }
}
