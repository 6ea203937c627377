package dev.transpack.command;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `transpack send`.
@Command(
        name = "send",
        description = "Packs and uploads a download in one pass, through the running server; prints the link.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SendCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SendOptions options;

    @Parameters(paramLabel = "DOWNLOAD", description = "Its id, its name, or a part of its name that no other has.")
    @SuppressWarnings("NullAway.Init")
    private String download;

    @Option(names = "--wait", description = "Stay until it is ready, and say how far it is.")
    private boolean wait;

    @Override
    public Integer call() throws Exception {
        var request = options.request();
        try (var api = server.connect()) {
            var chosen = Choice.of("download", download, api.all("/downloads", Map.of()));
            request.put("download", chosen.path("id").asString());
            var pack = api.postOnce("/packs", request, UUID.randomUUID().toString());
            var id = pack.path("id").asString();
            var link = api.post("/packs/" + id + "/links", Map.of());
            if (!server.output().json())
                server.output().line("pack: " + id + "  " + pack.path("name").asString());
            var last = wait ? new PackWatch(api, server.output()).untilReady(id) : pack;
            return server.done(
                    Map.of("pack", last, "link", link),
                    "link: " + link.path("url").asString());
        }
    }
}
