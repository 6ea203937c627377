package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands that steer packs on their way, one or all: `pause`, `resume`, `cancel`, `retry`.
abstract sealed class PackSteps implements Callable<Integer> {
    /// One of the two.
    private static final class Which {
        @Parameters(index = "0", paramLabel = "PACK", description = "Its id, its name, or a part no other name has.")
        private @Nullable String pack;

        @Option(names = "--all", description = "All of them.")
        private boolean all;
    }

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Which which;

    private final String step;
    private final String said;

    PackSteps(String step, String said) {
        this.step = step;
        this.said = said;
    }

    @Override
    public Integer call() throws Exception {
        try (var api = server.connect()) {
            var named = which.pack;
            if (which.all || named == null) {
                var changed = api.post("/packs/" + step, Map.of());
                return server.done(changed, Figures.count(changed.path("packs").asInt(), "pack") + ": " + said);
            }
            var chosen = PackChoice.of(api, named);
            var after = api.post("/packs/" + chosen.path("id").asString() + "/" + step, Map.of());
            return server.done(after, "'" + chosen.path("name").asString() + "': " + said);
        }
    }

    @Command(
            name = "pause",
            description =
                    "Lets a pack that is on its way rest: the parts that have arrived stay. For one that the rar program makes,"
                            + " the volumes are made anew when it goes on.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Pause extends PackSteps {
        Pause() {
            super("pause", "paused.");
        }
    }

    @Command(
            name = "resume",
            description = "Lets a pack that rests go on.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Resume extends PackSteps {
        Resume() {
            super("resume", "resumed.");
        }
    }

    @Command(
            name = "cancel",
            description = "Ends a pack that is on its way and removes what had been sent.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Cancel extends PackSteps {
        Cancel() {
            super("cancel", "cancelled; what had been sent is removed.");
        }
    }

    @Command(
            name = "retry",
            description =
                    "Sends a failed or cancelled pack again, from what the destination already holds. --all: those that"
                            + " failed or wait.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Retry extends PackSteps {
        Retry() {
            super("retry", "sent again.");
        }
    }
}
