package dev.transpack.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The one thing a person means: by its id, its exact name, or a part of its name that no other has.
final class Choice {
    private static final int SHOWN = 5;
    private static final int MOST_NEAR = 3;

    private Choice() {}

    /// @param what the word for one of them: `download`, `pack`
    /// @throws ApiFailure when none or several are meant, with their names
    static JsonNode of(String what, String wanted, List<JsonNode> all) throws ApiFailure {
        for (var item : all) if (id(item).equals(wanted)) return item;
        var exact = all.stream().filter(item -> name(item).equals(wanted)).toList();
        if (!exact.isEmpty()) return only(what, wanted, exact);
        var part = wanted.toLowerCase(Locale.ROOT);
        var holding = all.stream()
                .filter(item -> name(item).toLowerCase(Locale.ROOT).contains(part))
                .toList();
        if (holding.isEmpty()) throw none(what, wanted, all);
        return only(what, wanted, holding);
    }

    private static JsonNode only(String what, String wanted, List<JsonNode> found) throws ApiFailure {
        if (found.size() == 1) return found.getFirst();
        var shown = found.stream()
                .limit(SHOWN)
                .map(item -> id(item) + " ('" + name(item) + "')")
                .collect(Collectors.joining(", "));
        var more = found.size() > SHOWN ? " and " + (found.size() - SHOWN) + " more" : "";
        throw new ApiFailure(
                "", "'" + wanted + "' may mean " + found.size() + " " + what + "s: " + shown + more + ". Give an id.");
    }

    private static ApiFailure none(String what, String wanted, List<JsonNode> all) {
        if (all.isEmpty()) return new ApiFailure("", "There is no " + what + " '" + wanted + "', nor any other.");
        var near = all.stream()
                .map(Choice::name)
                .distinct()
                .filter(name -> Distance.isNear(wanted, name))
                .sorted(Comparator.comparingInt(name -> Distance.between(wanted, name)))
                .limit(MOST_NEAR)
                .map(name -> "'" + name + "'")
                .toList();
        return new ApiFailure("", "There is no " + what + " '" + wanted + "'" + hint(near));
    }

    private static String hint(List<String> near) {
        if (near.isEmpty()) return ", and no name is near to that.";
        return (near.size() == 1 ? "; the nearest name is " : "; the nearest names are ") + String.join(", ", near)
                + ".";
    }

    private static String id(JsonNode item) {
        return item.path("id").asString("");
    }

    private static String name(JsonNode item) {
        return item.path("name").asString("");
    }
}
