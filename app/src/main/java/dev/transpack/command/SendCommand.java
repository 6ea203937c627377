package dev.transpack.command;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `transpack send`.
@Command(
        name = "send",
        description = "Packs and uploads a download in one pass, through the running server; prints the link.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SendCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ClientOptions client;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

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
        try (var api = client.connect()) {
            var chosen = Choice.of("download", download, api.all("/downloads", Map.of()));
            request.put("download", chosen.path("id").asString());
            var pack = api.postOnce("/packs", request, UUID.randomUUID().toString());
            var id = pack.path("id").asString();
            var link = api.post("/packs/" + id + "/links", Map.of());
            if (!output.json())
                output.line("pack: " + id + "  " + pack.path("name").asString());
            var last = wait ? new PackWatch(api, output).untilReady(id) : pack;
            say(last, link);
        }
        return CommandLine.ExitCode.OK;
    }

    private void say(JsonNode pack, JsonNode link) {
        if (output.json()) output.document(Map.of("pack", pack, "link", link));
        else output.line("link: " + link.path("url").asString());
    }
}
