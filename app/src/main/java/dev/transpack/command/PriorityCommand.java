package dev.transpack.command;

import dev.transpack.jobs.JobPriority;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `transpack priority`.
@Command(
        name = "priority",
        description = "Lets a pack that waits for its turn go before or after others.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PriorityCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PackChoice pack;

    @Parameters(index = "1", paramLabel = "PRIORITY", description = "high, normal or low.")
    @SuppressWarnings("NullAway.Init")
    private JobPriority priority;

    @Override
    public Integer call() throws Exception {
        try (var api = server.connect()) {
            var chosen = pack.of(api);
            var word = Word.of(priority);
            var after = api.post("/packs/" + chosen.path("id").asString() + "/priority", Map.of("priority", word));
            return server.done(after, "'" + chosen.path("name").asString() + "' has priority " + word + ".");
        }
    }
}
