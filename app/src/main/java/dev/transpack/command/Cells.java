package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Members of what the server answers, as cells of a table.
final class Cells {
    private Cells() {}

    static Function<JsonNode, String> text(String member) {
        return item -> item.path(member).asString("");
    }

    static Function<JsonNode, String> bytes(String member) {
        return item -> Figures.size(item.path(member).asLong(-1));
    }

    static Function<JsonNode, String> time(String member) {
        return item -> minute(item.path(member));
    }

    /// `2026-11-22 14:05`, in UTC; empty when it is not known.
    static String minute(JsonNode time) {
        return minute(time.asString(""));
    }

    /// The same, or a word for never.
    static String minute(@Nullable Instant time, String never) {
        return time == null ? never : minute(time.toString());
    }

    private static String minute(String written) {
        return written.length() < 16 ? "" : written.substring(0, 16).replace('T', ' ');
    }
}
