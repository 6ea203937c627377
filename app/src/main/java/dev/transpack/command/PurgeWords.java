package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The plan of a purge in words: what goes, what stays, how much that frees, and why it may or may not be done.
final class PurgeWords {
    private PurgeWords() {}

    static List<String> of(JsonNode plan) {
        var lines = new ArrayList<String>();
        lines.add("Plan for '" + plan.path("name").asString("") + "':");
        for (var gone : plan.path("gone")) lines.add("  gone   " + gone.asString());
        for (var going : plan.path("goes")) lines.add("  goes   " + going(going));
        for (var stays : plan.path("stays")) lines.add("  stays  " + stays.asString());
        for (var proof : plan.path("proof")) lines.add("  proof  " + proof.asString());
        lines.add("  frees  " + Figures.size(plan.path("freedBucketBytes").asLong(0)) + " in the bucket, "
                + Figures.size(plan.path("freedDiskBytes").asLong(0)) + " on the disk");
        for (var refusal : plan.path("refusals"))
            lines.add("  refused: " + refusal.path("sentence").asString() + " "
                    + refusal.path("remedy").asString());
        return lines;
    }

    private static String going(JsonNode going) {
        var count = going.path("count").asLong(0);
        var bytes = Figures.size(going.path("bytes").asLong(0));
        var what = going.path("what").asString("");
        return switch (going.path("kind").asString("")) {
            case "links" -> Figures.count(count, "link");
            case "objects" -> Figures.count(count, "object") + ", " + bytes + ", in " + what;
            case "uploads" -> Figures.count(count, "unfinished upload") + " in " + what;
            case "data" -> Figures.count(count, "file") + ", " + bytes + ", " + what;
            case "torrent" -> "the torrent '" + what + "'";
            default -> what;
        };
    }
}
