package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ClientOptions client;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that are: queued, running, waiting, done, failed, cancelled, parked.")
    private @Nullable String state;

    @Override
    public Integer call() throws Exception {
        try (var api = client.connect()) {
            var jobs = api.all("/jobs", state == null ? Map.of() : Map.of("state", state));
            output.list(jobs, table(jobs), "There is no such job.");
        }
        return CommandLine.ExitCode.OK;
    }

    private static Table table(List<JsonNode> jobs) {
        var table = new Table("KIND", "STATE", "DONE", "RATE", "CREATED", "OF", "ERROR");
        for (var job : jobs) {
            var progress = job.path("progress");
            table.row(
                    job.path("kind").asString(),
                    job.path("state").asString(),
                    Figures.percent(
                            progress.path("doneBytes").asLong(0),
                            progress.path("totalBytes").asLong(0)),
                    Figures.rate(progress.path("bytesPerSecond").asLong(0)),
                    Table.time(job.path("createdAt")),
                    job.path("subject").asString(),
                    job.path("error").asString(""));
        }
        return table;
    }
}
