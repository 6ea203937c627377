package dev.transpack.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `transpack purge`: shows the plan, asks, and has it done.
@Command(
        name = "purge",
        description = "Removes a pack, or what it was made of, once that is provably safe. Shows the plan first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PurgeCommand implements Callable<Integer> {
    /// What a purge takes away.
    enum Place {
        BUCKET,
        DISK,
        TORRENT
    }

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PackChoice pack;

    @Option(names = "--dry-run", description = "Show the plan, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--from",
            split = ",",
            paramLabel = "PLACE",
            description = "Some of bucket, disk, torrent; all three if not given.")
    private Set<Place> from = new LinkedHashSet<>(List.of(Place.values()));

    @Option(names = "--yes", description = "Do not ask. Never overrides a refusal.")
    private boolean yes;

    @ArgGroup
    private @Nullable Step step;

    /// What becomes of the last purge.
    static final class Step {
        @Option(names = "--retry", description = "Go on with the last purge, which failed, waits or was cancelled.")
        private boolean retry;

        @Option(names = "--cancel", description = "End the last purge before its next step.")
        private boolean cancel;
    }

    @Override
    public Integer call() throws Exception {
        try (var api = server.connect()) {
            var chosen = pack.of(api);
            if (step != null) return steered(api, chosen, step);
            var path = "/packs/" + chosen.path("id").asString() + "/purge";
            var plan = api.post(path, wish(Map.of("dryRun", true)));
            if (!server.output().json()) PurgeWords.of(plan).forEach(server.output()::line);
            if (dryRun) return planned(plan);
            return purge(api, path, plan);
        }
    }

    private int steered(ApiClient api, JsonNode chosen, Step wanted) throws ApiFailure, InterruptedException {
        var path = "/packs/" + chosen.path("id").asString() + "/purge/" + (wanted.cancel ? "cancel" : "retry");
        var after = api.post(path, Map.of());
        if (server.output().json()) server.output().document(after);
        else if (wanted.retry) server.output().line("The purge goes on: 'transpack jobs' shows it.");
        else server.output().line("The purge ends before its next step; what is gone stays gone.");
        return CommandLine.ExitCode.OK;
    }

    /// A script that looks first learns from the exit code whether the purge would be done.
    private int planned(JsonNode plan) {
        if (server.output().json()) server.output().document(plan);
        return plan.path("allowed").asBoolean(false) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int purge(ApiClient api, String path, JsonNode plan) throws ApiFailure, InterruptedException, IOException {
        var name = plan.path("name").asString("");
        if (!plan.path("allowed").asBoolean(false)) return override(api, path, plan, name);
        if (!yes && !"yes".equals(asked("Purge it? Type yes: "))) return nothing("Nothing was purged.");
        return purged(api, path, Map.of());
    }

    private int override(ApiClient api, String path, JsonNode plan, String name)
            throws ApiFailure, InterruptedException, IOException {
        if (!plan.path("overridable").asBoolean(false))
            return nothing("Nothing was purged, and nothing overrides that.");
        if (yes) return nothing("Nothing was purged: --yes does not override. Run it without --yes to type the name.");
        var typed = asked("To purge it all the same, type the pack's name: ");
        if (!name.equals(typed)) return nothing("Nothing was purged: that is not its name.");
        return purged(api, path, Map.of("override", typed, "overrides", reasons(plan)));
    }

    /// What was shown, and nothing that has come since, is overridden.
    private static List<String> reasons(JsonNode plan) {
        return plan.path("refusals")
                .valueStream()
                .map(refusal -> refusal.path("reason").asString(""))
                .toList();
    }

    private int purged(ApiClient api, String path, Map<String, Object> more) throws ApiFailure, InterruptedException {
        try {
            return server.done(api.post(path, wish(more)), "The purge is under way: 'transpack jobs' shows it.");
        } catch (ApiFailure e) {
            if (!e.is("purge-refused")) throw e;
            return nothing("Nothing was purged: something else speaks against it since the plan was shown. Run this"
                    + " again to see the new plan.");
        }
    }

    private int nothing(String sentence) {
        server.output().note(sentence);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// Nobody's answer is no.
    private String asked(String question) throws IOException {
        server.output().ask(question);
        var answer = Input.line();
        return answer == null ? "" : answer;
    }

    private Map<String, Object> wish(Map<String, Object> more) {
        var wish = new LinkedHashMap<String, Object>();
        wish.put("from", from.stream().map(Word::of).toList());
        wish.putAll(more);
        return wish;
    }
}
