package dev.transpack.command;

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
        lines.add("  frees  " + Figures.bytes(plan.path("freedBucketBytes").asLong(0)) + " in the bucket, "
                + Figures.bytes(plan.path("freedDiskBytes").asLong(0)) + " on the disk");
        for (var refusal : plan.path("refusals"))
            lines.add("  refused: " + refusal.path("sentence").asString() + " "
                    + refusal.path("remedy").asString());
        return lines;
    }

    private static String going(JsonNode going) {
        var count = going.path("count").asLong(0);
        var bytes = Figures.bytes(going.path("bytes").asLong(0));
        var what = going.path("what").asString("");
        return switch (going.path("kind").asString("")) {
            case "links" -> count + (count == 1 ? " link" : " links");
            case "objects" -> count + " objects, " + bytes + ", in " + what;
            case "uploads" -> count + " unfinished uploads in " + what;
            case "data" -> count + " files and folders, " + bytes + ", " + what;
            case "torrent" -> "the torrent '" + what + "'";
            default -> what;
        };
    }
}
