package dev.transpack.command;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `transpack verify`: has a pack that is ready looked at again, and says what was found.
@Command(
        name = "verify",
        description = "Reads a pack back and says whether it is still what was sealed. Ends with 1 when it is damaged.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class VerifyCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofMillis(500);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PackChoice pack;

    @Option(
            names = "--quick",
            description =
                    "Only sizes, entity tags, and the first and last part of every volume; not of a damaged pack.")
    private boolean quick;

    @Option(names = "--cancel", description = "End the verification that is under way.")
    private boolean cancel;

    @Override
    public Integer call() throws Exception {
        try (var api = server.connect()) {
            var chosen = pack.of(api);
            var name = "'" + chosen.path("name").asString("") + "'";
            var path = "/packs/" + chosen.path("id").asString();
            if (cancel)
                return server.done(
                        api.post(path + "/verify/cancel", Map.of()), "The verification of " + name + " ends.");
            var now = verified(api, path);
            return told(isLess(now) ? verified(api, path) : now, name);
        }
    }

    private JsonNode verified(ApiClient api, String path) throws ApiFailure, InterruptedException {
        api.post(path + "/verify", Map.of("quick", quick));
        return ended(api, path);
    }

    /// Whether somebody else's quick look, which was under way, answered a wish for more.
    private boolean isLess(JsonNode now) {
        return !quick
                && now.path("verification").path("state").asString("").equals("done")
                && now.path("damage").asString("").isEmpty()
                && now.path("verified").path("how").asString("").equals("quick");
    }

    /// The pack, when nothing looks at it any more.
    private JsonNode ended(ApiClient api, String path) throws ApiFailure, InterruptedException {
        try (var shown = new WatchedBytes(server.output())) {
            while (true) {
                var now = api.get(path);
                var verification = now.path("verification");
                switch (verification.path("state").asString("")) {
                    case "queued", "running", "waiting" -> shown.show(verification, "bytesRead");
                    default -> {
                        return now;
                    }
                }
                Thread.sleep(EVERY);
            }
        }
    }

    private int told(JsonNode now, String name) throws ApiFailure {
        var state = now.path("verification").path("state").asString("");
        if (!state.equals("done")) throw unfinished(now, name, state);
        var damage = now.path("damage").asString("");
        if (!damage.isEmpty() && !server.output().json()) throw new ApiFailure("", name + " is damaged. " + damage);
        server.done(now, name + " is what was sealed: " + looked(now) + ".");
        return damage.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static String looked(JsonNode now) {
        return now.path("verified").path("how").asString("").equals("full")
                ? "every byte was read back"
                : "sizes, entity tags and samples agree";
    }

    private static ApiFailure unfinished(JsonNode now, String name, String state) {
        var error = now.path("verification").path("error").asString("");
        var why = state.isEmpty() ? "the pack was purged meanwhile" : "it is " + state;
        return new ApiFailure(
                "",
                "The verification of " + name + " was not finished: " + why + (error.isEmpty() ? "." : ". " + error));
    }
}
