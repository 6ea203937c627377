package dev.transpack.command;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Members of what the server answers, as cells of a table.
final class Cells {
    private Cells() {}

    static Function<JsonNode, String> text(String member) {
        return item -> item.path(member).asString("");
    }

    static Function<JsonNode, String> bytes(String member) {
        return item -> Figures.bytes(item.path(member).asLong(-1));
    }

    static Function<JsonNode, String> time(String member) {
        return item -> Figures.time(item.path(member));
    }
}
