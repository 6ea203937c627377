package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `transpack list`.
@Command(
        name = "list",
        description = "Downloads as the page shows them, the newest first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ListCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ClientOptions client;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "Only those with these words in name or labels.")
    private @Nullable String text;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only those that are: ready, seeding, unfinished, loose, problem.")
    private @Nullable String status;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            description = "By name, size, done or ratio; the other way round with a minus: --sort=-size.")
    private @Nullable String sort;

    @Override
    public Integer call() throws Exception {
        try (var api = client.connect()) {
            var downloads = api.all("/downloads", filters());
            output.list(downloads, table(downloads), "There is no such download.");
        }
        return CommandLine.ExitCode.OK;
    }

    private Map<String, String> filters() {
        var filters = new HashMap<String, String>();
        if (text != null) filters.put("q", text);
        if (status != null) filters.put("status", status);
        if (sort != null) filters.put("sort", sort);
        return filters;
    }

    private static Table table(List<JsonNode> downloads) {
        var table = new Table("ID", "SIZE", "DONE", "RATIO", "STATUS", "NAME");
        for (var download : downloads)
            table.row(
                    download.path("id").asString(),
                    Figures.size(download.path("bytes").asLong(-1)),
                    Table.time(download.path("doneAt")),
                    Figures.ratio(download.path("ratio").asDouble(0)),
                    status(download),
                    download.path("name").asString());
        return table;
    }

    /// Its pack's state says more than its own.
    private static String status(JsonNode download) {
        var pack = download.path("pack").path("state").asString("");
        if (!pack.isEmpty()) return pack;
        if (!download.path("ready").asBoolean(false)) {
            var fraction = download.path("doneFraction").asDouble(1);
            return fraction < 1 ? Figures.percent((long) (fraction * 1000), 1000) : "not ready";
        }
        return download.path("seeding").asBoolean(false) ? "seeding" : "finished";
    }
}
