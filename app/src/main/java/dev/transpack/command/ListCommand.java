package dev.transpack.command;

import static dev.transpack.command.Cells.bytes;
import static dev.transpack.command.Cells.text;

import dev.transpack.browse.BrowseQuery.Status;
import dev.transpack.settings.Figures;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    private static final Table<JsonNode> TABLE = Table.<JsonNode>empty()
            .column("ID", text("id"))
            .column("SIZE", bytes("bytes"))
            .column("DONE", ListCommand::done)
            .column("RATIO", download -> "%.2f".formatted(download.path("ratio").asDouble(0)))
            .column("STATUS", ListCommand::statuses)
            .column("PACK", download -> download.path("pack").path("state").asString("-"))
            .column("NAME", text("name"));

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "Only those with these words in name or labels.")
    private @Nullable String text;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only those that are: ready, seeding, unfinished, loose, problem.")
    private @Nullable Status status;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            description = "By name, size, done or ratio; the other way round with a minus: --sort=-size.")
    private @Nullable SortOrder sort;

    @Override
    public Integer call() throws Exception {
        return server.list("/downloads", filters(), TABLE, "There is no such download.");
    }

    private Map<String, String> filters() {
        var filters = new HashMap<>(Word.filter("status", status));
        if (text != null) filters.put("q", text);
        if (sort != null) filters.put("sort", sort.toString());
        return filters;
    }

    /// When it was done, or how much of it is.
    private static String done(JsonNode download) {
        var fraction = download.path("doneFraction").asDouble(1);
        return fraction < 1 ? Figures.percent((long) (fraction * 1000), 1000) : Cells.minute(download.path("doneAt"));
    }

    /// All that `--status` finds it by.
    private static String statuses(JsonNode download) {
        return download.path("statuses").valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }
}
