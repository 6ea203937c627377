package dev.transpack.command;

import static dev.transpack.command.Cells.text;
import static dev.transpack.command.Cells.time;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `transpack nodes`.
@Command(
        name = "nodes",
        description = "The processes that share the database, and the download folders they see.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class NodesCommand implements Callable<Integer> {
    private static final Table<JsonNode> TABLE = Table.<JsonNode>empty()
            .column("NAME", text("name"))
            .column("STATE", text("state"))
            .column("DOES", NodesCommand::does)
            .column("SEEN", time("seenAt"))
            .column("VERSION", text("version"))
            .column(
                    "PROCESS",
                    node -> node.path("host").asString("") + ":"
                            + node.path("pid").asLong())
            .column("WORKS ON", NodesCommand::tasks)
            .column("SEES", NodesCommand::roots);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Override
    public Integer call() throws Exception {
        return server.list("/nodes", Map.of(), TABLE, "There is no node.");
    }

    private static String does(JsonNode node) {
        var works = node.path("works").asBoolean(false);
        if (!node.path("serves").asBoolean(false)) return works ? "works" : "-";
        return works ? "page, works" : "page";
    }

    private static String tasks(JsonNode node) {
        var tasks = node.path("jobs")
                .valueStream()
                .map(job -> job.path("pack").asString(job.path("kind").asString("")))
                .collect(Collectors.joining(", "));
        return tasks.isEmpty() ? "-" : tasks;
    }

    private static String roots(JsonNode node) {
        return node.path("roots")
                .valueStream()
                .map(root -> root.path("name").asString("") + (root.path("seen").asBoolean(false) ? "" : " (not now)"))
                .collect(Collectors.joining(", "));
    }
}
