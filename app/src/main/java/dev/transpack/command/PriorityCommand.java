package dev.transpack.command;

import dev.transpack.jobs.JobPriority;
import dev.transpack.settings.Figures;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `transpack priority`.
@Command(
        name = "priority",
        description = "Lets a pack that waits for its turn go before or after others.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PriorityCommand implements Callable<Integer> {
    /// One of the two.
    private static final class Which {
        @ArgGroup(exclusive = false)
        private @Nullable One one;

        @Option(names = "--all", paramLabel = "PRIORITY", description = "All that are on their way have this one.")
        private @Nullable JobPriority all;
    }

    private static final class One {
        @Parameters(index = "0", paramLabel = "PACK", description = "Its id, its name, or a part no other name has.")
        @SuppressWarnings("NullAway.Init")
        private String pack;

        @Parameters(index = "1", paramLabel = "PRIORITY", description = "high, normal or low.")
        @SuppressWarnings("NullAway.Init")
        private JobPriority priority;
    }

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Which which;

    @Override
    public Integer call() throws Exception {
        try (var api = server.connect()) {
            var all = which.all;
            return all == null ? one(api, Objects.requireNonNull(which.one)) : all(api, all);
        }
    }

    private int one(ApiClient api, One one) throws ApiFailure, InterruptedException {
        var chosen = PackChoice.of(api, one.pack);
        var word = Word.of(one.priority);
        var after = api.post("/packs/" + chosen.path("id").asString() + "/priority", Map.of("priority", word));
        return server.done(after, "'" + chosen.path("name").asString() + "' has priority " + word + ".");
    }

    private int all(ApiClient api, JobPriority priority) throws ApiFailure, InterruptedException {
        var word = Word.of(priority);
        var changed = api.post("/packs/priority", Map.of("priority", word));
        return server.done(
                changed, Figures.count(changed.path("packs").asInt(), "pack") + " on the way: priority " + word + ".");
    }
}
