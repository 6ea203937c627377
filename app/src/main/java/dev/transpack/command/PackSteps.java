package dev.transpack.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// The commands that steer one pack with one request: `cancel`, `retry`, `home`.
abstract sealed class PackSteps implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PackChoice pack;

    private final String step;
    private final String said;

    PackSteps(String step, String said) {
        this.step = step;
        this.said = said;
    }

    @Override
    public Integer call() throws Exception {
        try (var api = server.connect()) {
            var chosen = pack.of(api);
            JsonNode after = api.post("/packs/" + chosen.path("id").asString() + "/" + step, Map.of());
            return server.done(after, "'" + chosen.path("name").asString() + "' " + said);
        }
    }

    @Command(
            name = "cancel",
            description = "Ends a pack that is on its way and removes what had been sent.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Cancel extends PackSteps {
        Cancel() {
            super("cancel", "ends, and what had been sent of it is removed.");
        }
    }

    @Command(
            name = "retry",
            description = "Sends a failed or cancelled pack again, from what the destination already holds.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Retry extends PackSteps {
        Retry() {
            super("retry", "goes again.");
        }
    }

    @Command(
            name = "home",
            description = "Says that a pack has arrived at home. Recorded: a purge of both copies asks for it.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Home extends PackSteps {
        Home() {
            super("home", "is marked as home.");
        }
    }
}
