package dev.transpack.command;

import static dev.transpack.command.Cells.text;
import static dev.transpack.command.Cells.time;

import dev.transpack.jobs.JobState;
import dev.transpack.settings.Figures;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `transpack jobs`.
@Command(
        name = "jobs",
        description = "Background work, the newest first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class JobsCommand implements Callable<Integer> {
    private static final Table<JsonNode> TABLE = Table.<JsonNode>empty()
            .column("KIND", text("kind"))
            .column("STATE", text("state"))
            .column("DONE", job -> done(job.path("progress")))
            .column(
                    "RATE",
                    job -> Figures.rate(
                            job.path("progress").path("bytesPerSecond").asLong(0)))
            .column("CREATED", time("createdAt"))
            .column("NODE", job -> job.path("node").asString("-"))
            .column("PACK", job -> job.path("pack").asString("-"))
            .column("WHY", JobsCommand::why);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that are: queued, running, waiting, paused, done, failed, cancelled, parked.")
    private @Nullable JobState state;

    @Override
    public Integer call() throws Exception {
        return server.list("/jobs", Word.filter("state", state), TABLE, "There is no such job.");
    }

    /// Why no node works on it, or what went wrong.
    private static String why(JsonNode job) {
        var waits = job.path("waitsFor").asString("");
        return waits.isEmpty() ? job.path("error").asString("") : waits;
    }

    private static String done(JsonNode progress) {
        return Figures.percent(
                progress.path("doneBytes").asLong(0),
                progress.path("totalBytes").asLong(0));
    }
}
