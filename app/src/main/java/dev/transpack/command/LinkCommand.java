package dev.transpack.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ClientOptions client;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

    @Override
    public Integer call() throws Exception {
        return list(client, output);
    }

    private static int list(ClientOptions client, Output output) throws ApiFailure, InterruptedException {
        try (var api = client.connect()) {
            var links = api.all("/links", Map.of());
            output.list(links, table(links), "There is no link.");
        }
        return CommandLine.ExitCode.OK;
    }

    private static Table table(List<JsonNode> links) {
        var table = new Table("ID", "PACK", "EXPIRES", "OPENED", "STATE", "LINK");
        for (var link : links)
            table.row(
                    link.path("id").asString(),
                    link.path("pack").asString(),
                    Table.time(link.path("expiresAt")),
                    Long.toString(link.path("opened").asLong(0)),
                    state(link),
                    link.path("url").asString("(sealed with another instance key)"));
        return table;
    }

    private static String state(JsonNode link) {
        if (link.path("live").asBoolean(false)) return "works";
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
        private ClientOptions client;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Output output;

        @Override
        public Integer call() throws Exception {
            return list(client, output);
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
        private ClientOptions client;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Output output;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private PackChoice pack;

        @Option(names = "--expires-in", paramLabel = "TIME", description = "Such as 12h or 7d; else link.expires.")
        private @Nullable String expiresIn;

        @Override
        public Integer call() throws Exception {
            try (var api = client.connect()) {
                var id = pack.of(api).path("id").asString();
                Map<String, String> wish = expiresIn == null ? Map.of() : Map.of("expiresIn", expiresIn);
                var link = api.post("/packs/" + id + "/links", wish);
                if (output.json()) output.document(link);
                else output.line("link: " + link.path("url").asString());
            }
            return CommandLine.ExitCode.OK;
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
        private ClientOptions client;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Output output;

        @Parameters(paramLabel = "LINK", description = "Its id, as 'transpack links' shows it, or the link itself.")
        @SuppressWarnings("NullAway.Init")
        private String link;

        @Override
        public Integer call() throws Exception {
            try (var api = client.connect()) {
                var id = id(api);
                api.delete("/links/" + ApiClient.encoded(id));
                if (output.json()) output.document(Map.of("id", id, "live", false));
                else output.line("The link " + id + " opens nothing any more.");
            }
            return CommandLine.ExitCode.OK;
        }

        private String id(ApiClient api) throws ApiFailure, InterruptedException {
            return api.all("/links", Map.of()).stream()
                    .filter(each -> link.equals(each.path("url").asString("")))
                    .map(each -> each.path("id").asString())
                    .findFirst()
                    .orElse(link);
        }
    }
}
