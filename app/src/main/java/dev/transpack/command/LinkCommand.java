package dev.transpack.command;

import static dev.transpack.command.Cells.text;
import static dev.transpack.command.Cells.time;

import dev.transpack.sharing.LinkLifetime;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `transpack link` and its three commands; `transpack links` is the same.
@Command(
        name = "link",
        aliases = "links",
        description = "Links to packs. Without one of its commands it lists them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {LinkCommand.Create.class, LinkCommand.All.class, LinkCommand.Revoke.class})
final class LinkCommand implements Callable<Integer> {
    private static final Table<JsonNode> TABLE = Table.<JsonNode>empty()
            .column("ID", text("id"))
            .column("EXPIRES", time("expiresAt"))
            .column("OPENED", link -> Long.toString(link.path("opened").asLong(0)))
            .column("STATE", LinkCommand::state)
            .column("PACK", text("packName"))
            .column("LINK", link -> link.path("url").asString("(sealed with another instance key)"));

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Override
    public Integer call() throws Exception {
        return list(server);
    }

    private static int list(ServerOptions server) throws ApiFailure, InterruptedException {
        return server.list("/links", Map.of(), TABLE, "There is no link.");
    }

    private static String state(JsonNode link) {
        if (link.path("live").asBoolean(false)) return "open";
        return link.path("revokedAt").isNull() ? "expired" : "revoked";
    }

    @Command(
            name = "list",
            description = "All links, the newest first.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class All implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private ServerOptions server;

        @Override
        public Integer call() throws Exception {
            return list(server);
        }
    }

    @Command(
            name = "create",
            description = "Makes a link to a pack, and prints it.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Create implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private ServerOptions server;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private PackChoice pack;

        @Option(names = "--expires-in", paramLabel = "TIME", description = "Such as 12h or 7d; else link.expires.")
        private @Nullable LinkLifetime expiresIn;

        @Override
        public Integer call() throws Exception {
            try (var api = server.connect()) {
                var id = pack.of(api).path("id").asString();
                Map<String, String> wish = expiresIn == null
                        ? Map.of()
                        : Map.of("expiresIn", expiresIn.value().toString());
                var link = api.post("/packs/" + id + "/links", wish);
                return server.done(link, "link: " + link.path("url").asString());
            }
        }
    }

    @Command(
            name = "revoke",
            description = "Ends a link. Addresses that were fetched through it before work for 15 minutes more.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Revoke implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private ServerOptions server;

        @Parameters(paramLabel = "LINK", description = "Its id, as 'transpack links' shows it, or the link itself.")
        @SuppressWarnings("NullAway.Init")
        private String link;

        @Override
        public Integer call() throws Exception {
            try (var api = server.connect()) {
                var id = id(api);
                api.delete("/links/" + ApiClient.encoded(id));
                return server.done(Map.of("id", id, "live", false), "The link " + id + " opens nothing any more.");
            }
        }

        private String id(ApiClient api) throws ApiFailure, InterruptedException {
            for (var each : api.all("/links", Map.of())) {
                var id = each.path("id").asString("");
                if (link.equals(id) || link.equals(each.path("url").asString(""))) return id;
            }
            throw new ApiFailure("", "There is no link '" + link + "': transpack links shows them all.");
        }
    }
}
