package dev.transpack.command;

import java.util.Map;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// The pack that a command works on.
final class PackChoice {
    @Parameters(index = "0", paramLabel = "PACK", description = "Its id, its name, or a part no other name has.")
    @SuppressWarnings("NullAway.Init")
    private String pack;

    JsonNode of(ApiClient api) throws ApiFailure, InterruptedException {
        return of(api, pack);
    }

    /// The pack that somebody named so.
    static JsonNode of(ApiClient api, String pack) throws ApiFailure, InterruptedException {
        var found = api.all("/packs", Map.of("q", pack));
        return Choice.of("pack", pack, found.isEmpty() ? api.first("/packs") : found);
    }
}
