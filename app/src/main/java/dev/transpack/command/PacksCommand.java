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

/// `transpack packs`.
@Command(
        name = "packs",
        description = "Packs with their state and how far they are, the newest first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PacksCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ClientOptions client;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that are: queued, planned, sending, ready, failed, cancelled, purged.")
    private @Nullable String state;

    @Override
    public Integer call() throws Exception {
        try (var api = client.connect()) {
            var packs = api.all("/packs", state == null ? Map.of() : Map.of("state", state));
            output.list(packs, table(packs), "There is no such pack.");
        }
        return CommandLine.ExitCode.OK;
    }

    private static Table table(List<JsonNode> packs) {
        var table = new Table("ID", "STATE", "SIZE", "CREATED", "PROOF", "NAME");
        for (var pack : packs)
            table.row(
                    pack.path("id").asString(),
                    state(pack),
                    Figures.size(pack.path("totalBytes").asLong(0)),
                    Table.time(pack.path("createdAt")),
                    pack.path("grade").asString("-"),
                    named(pack));
        return table;
    }

    private static String state(JsonNode pack) {
        var state = pack.path("state").asString("");
        var progress = pack.path("progress");
        if (!state.equals("sending")) return pack.path("homeAt").isNull() ? state : state + ", home";
        return state + " "
                + Figures.percent(
                        progress.path("bytesUploaded").asLong(0),
                        progress.path("bytesTotal").asLong(0));
    }

    private static String named(JsonNode pack) {
        var error = pack.path("error").asString("");
        return pack.path("name").asString() + (error.isEmpty() ? "" : "  (" + error + ")");
    }
}
