package dev.transpack.command;

import static dev.transpack.command.Cells.bytes;
import static dev.transpack.command.Cells.text;
import static dev.transpack.command.Cells.time;

import dev.transpack.packing.PackState;
import dev.transpack.settings.Figures;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    private static final Table<JsonNode> TABLE = Table.<JsonNode>empty()
            .column("ID", text("id"))
            .column("STATE", PacksCommand::state)
            .column("SIZE", bytes("totalBytes"))
            .column("CREATED", time("createdAt"))
            .column("PROOF", pack -> pack.path("grade").asString("-"))
            .column("NAME", PacksCommand::named);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that are: queued, planned, sending, ready, failed, cancelled, purged.")
    private @Nullable PackState state;

    @Override
    public Integer call() throws Exception {
        return server.list("/packs", Word.filter("state", state), TABLE, "There is no such pack.");
    }

    /// With what happened to its copies since: at home, and gone where it came from.
    private static String state(JsonNode pack) {
        var state = pack.path("state").asString("");
        var progress = pack.path("progress");
        var paused = progress.path("state").asString("").equals("paused") ? "paused " : "";
        if (state.equals("sending"))
            return (paused.isEmpty() ? "sending " : paused)
                    + Figures.percent(
                            progress.path("bytesUploaded").asLong(0),
                            progress.path("bytesTotal").asLong(0));
        return (paused.isEmpty() ? state : paused.strip())
                + (happened(pack, "damage") ? ", damaged" : "")
                + (happened(pack, "homeAt") ? ", home" : "")
                + (happened(pack, "sourcePurgedAt") ? ", source purged" : "");
    }

    private static boolean happened(JsonNode pack, String what) {
        return !pack.path(what).asString("").isEmpty();
    }

    private static String named(JsonNode pack) {
        var error = pack.path("error").asString("");
        var waits = pack.path("progress").path("waitingFor").asString("");
        var wrong = error.isEmpty() ? pack.path("damage").asString(waits) : error;
        return pack.path("name").asString() + (wrong.isEmpty() ? "" : "  (" + wrong + ")");
    }
}
