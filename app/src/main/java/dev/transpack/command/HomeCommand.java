package dev.transpack.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `transpack home`.
@Command(
        name = "home",
        description = "Says that a pack has arrived at home. Recorded: a purge of both copies asks for it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class HomeCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PackChoice pack;

    @Override
    public Integer call() throws Exception {
        try (var api = server.connect()) {
            var chosen = pack.of(api);
            var after = api.post("/packs/" + chosen.path("id").asString() + "/home", Map.of());
            return server.done(after, "'" + chosen.path("name").asString() + "' is marked as home.");
        }
    }
}
