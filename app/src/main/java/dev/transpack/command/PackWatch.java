package dev.transpack.command;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Follows a pack until it is ready.
final class PackWatch {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final ApiClient api;
    private final WatchedBytes shown;

    PackWatch(ApiClient api, Output output) {
        this.api = api;
        this.shown = new WatchedBytes(output);
    }

    /// The pack as it is at the end.
    ///
    /// @throws ApiFailure when it failed, was cancelled or purged
    JsonNode untilReady(String id) throws ApiFailure, InterruptedException {
        try (shown) {
            while (true) {
                var pack = api.get("/packs/" + id);
                var state = pack.path("state").asString("");
                switch (state) {
                    case "queued", "sending" -> shown.show(pack.path("progress"), "bytesUploaded");
                    case "ready" -> {
                        return pack;
                    }
                    default -> throw ended(pack, state);
                }
                Thread.sleep(EVERY);
            }
        }
    }

    private static ApiFailure ended(JsonNode pack, String state) {
        var error = pack.path("error").asString("");
        return new ApiFailure(
                "",
                "'" + pack.path("name").asString("") + "' is " + state + (error.isEmpty() ? "." : ": " + error)
                        + (state.equals("failed")
                                ? " Then: transpack retry " + pack.path("id").asString("")
                                : ""));
    }
}
