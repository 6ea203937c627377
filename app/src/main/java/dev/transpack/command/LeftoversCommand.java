package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `transpack leftovers`: what lies in buckets and belongs to no pack. Aborts uploads when it is told to; deletes
/// nothing.
@Command(
        name = "leftovers",
        description = "Lists abandoned uploads and unknown objects below the prefixes of destinations.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class LeftoversCommand implements Callable<Integer> {
    private static final String PROBLEM = "problem";

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Option(names = "--destination", paramLabel = "NAME", description = "Only this one; all if not given.")
    private @Nullable String destination;

    @Option(names = "--abort", description = "Abort uploads that nobody touched for upload.abandoned-after.")
    private boolean abort;

    @Override
    public Integer call() throws Exception {
        try (var api = server.connect()) {
            var documents = new ArrayList<Map<String, Object>>();
            for (var each : destinations(api)) documents.add(looked(api, each));
            if (server.output().json()) server.output().document(documents);
            else if (documents.isEmpty())
                server.output().line("No destination is a bucket: there is nothing to look at.");
            return documents.stream().anyMatch(each -> each.get(PROBLEM) != null)
                    ? CommandLine.ExitCode.SOFTWARE
                    : CommandLine.ExitCode.OK;
        }
    }

    /// One destination; what fails there is told, and hides no other.
    private Map<String, Object> looked(ApiClient api, JsonNode destination) throws InterruptedException {
        var name = destination.path("name").asString("");
        var document = new LinkedHashMap<String, Object>();
        document.put("destination", name);
        try {
            var answer = abort ? aborted(api, name) : listed(api, destination);
            answer.properties().forEach(member -> document.put(member.getKey(), member.getValue()));
            var problem = answer.path(PROBLEM).asString("");
            document.remove(PROBLEM);
            if (!problem.isEmpty()) document.put(PROBLEM, problem);
        } catch (ApiFailure e) {
            document.put(PROBLEM, String.valueOf(e.getMessage()));
        }
        if (document.get(PROBLEM) != null) server.output().note(name + ": " + document.get(PROBLEM));
        return document;
    }

    private List<JsonNode> destinations(ApiClient api) throws ApiFailure, InterruptedException {
        var all = api.first("/destinations").stream()
                .filter(each -> each.path("type").asString("").equals("s3"))
                .toList();
        if (destination == null) return all;
        var named = all.stream()
                .filter(each -> each.path("name").asString("").equals(destination))
                .toList();
        if (named.isEmpty())
            throw new ApiFailure(
                    "",
                    "There is no bucket '" + destination + "' among the destinations: there are "
                            + all.stream()
                                    .map(each -> each.path("name").asString(""))
                                    .toList() + ".");
        return named;
    }

    private JsonNode aborted(ApiClient api, String name) throws ApiFailure, InterruptedException {
        var answer = api.post("/destinations/" + ApiClient.encoded(name) + "/leftovers/abort", Map.of());
        if (!server.output().json()) {
            answer.path("aborted").forEach(upload -> say("aborted " + uploadLine(upload)));
            say(name + ": " + Figures.count(answer.path("aborted").size(), "upload") + " aborted.");
        }
        return answer;
    }

    private JsonNode listed(ApiClient api, JsonNode destination) throws ApiFailure, InterruptedException {
        var name = destination.path("name").asString("");
        var found = api.get("/destinations/" + ApiClient.encoded(name) + "/leftovers");
        if (!server.output().json()) show(destination, found);
        return found;
    }

    private void show(JsonNode destination, JsonNode found) {
        var name = destination.path("name").asString("");
        var orphans = found.path("orphans");
        say(name + ": " + Figures.count(found.path("uploads").asLong(), "abandoned upload") + ", "
                + objects(orphans, "objects", "bytes") + " that no pack knows.");
        found.path("abandoned").forEach(upload -> say("  upload  " + uploadLine(upload)));
        orphans.path("folders").forEach(folder -> say("  objects " + folderLine(folder)));
        if (orphans.path("others").asLong() > 0)
            say("  besides " + objects(orphans, "others", "otherBytes") + " whose names are none of Transpack's.");
        if (!found.path("complete").asBoolean(true)) say("  There is more: only the first objects were looked at.");
        if (orphans.path("packs").asLong() > 0)
            sayHowToRemove(destination, orphans.path("folders").path(0));
    }

    private void sayHowToRemove(JsonNode destination, JsonNode folder) {
        var endpoint = destination.path("endpoint").asString("");
        var place = "s3://" + destination.path("bucket").asString("") + "/"
                + folder.path("path").asString("");
        say(
                "Transpack never deletes objects it does not know: they may be another Transpack's, or of 'transpack pack'.");
        say("If they are nobody's, remove a folder with: aws s3 rm --recursive "
                + (endpoint.isEmpty() ? "" : "--endpoint-url " + quoted(endpoint) + " ") + quoted(place));
    }

    /// As one word of a shell, whatever is in it.
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String uploadLine(JsonNode upload) {
        return Cells.minute(upload.path("begun")) + "  " + upload.path("key").asString("")
                + (upload.path("due").asBoolean(false) ? "" : "  (too young to be aborted)");
    }

    private static String folderLine(JsonNode folder) {
        return Cells.minute(folder.path("newest")) + "  " + folder.path("path").asString("") + "  "
                + objects(folder, "objects", "bytes")
                + (folder.path("sealed").asBoolean(false) ? "  (a whole pack, with its manifest)" : "");
    }

    private static String objects(JsonNode of, String count, String bytes) {
        return Figures.count(of.path(count).asLong(), "object") + " ("
                + Figures.size(of.path(bytes).asLong()) + ")";
    }

    private void say(String line) {
        server.output().line(line);
    }
}
