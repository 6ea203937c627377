package dev.transpack.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
    private ClientOptions client;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

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
        try (var api = client.connect()) {
            var chosen = pack.of(api);
            if (step != null) return steered(api, chosen, step);
            var path = "/packs/" + chosen.path("id").asString() + "/purge";
            var plan = api.post(path, wish(Map.of("dryRun", true)));
            if (!output.json()) PurgeWords.of(plan).forEach(output::line);
            if (dryRun) return planned(plan);
            return purge(api, path, plan);
        }
    }

    private int steered(ApiClient api, JsonNode chosen, Step wanted) throws ApiFailure, InterruptedException {
        var path = "/packs/" + chosen.path("id").asString() + "/purge/" + (wanted.cancel ? "cancel" : "retry");
        var after = api.post(path, Map.of());
        if (output.json()) output.document(after);
        else if (wanted.retry) output.line("The purge goes on: 'transpack jobs' shows it.");
        else output.line("The purge ends before its next step; what is gone stays gone.");
        return CommandLine.ExitCode.OK;
    }

    /// A plan that is refused is a finding, not a failure.
    private int planned(JsonNode plan) {
        if (output.json()) output.document(plan);
        return CommandLine.ExitCode.OK;
    }

    private int purge(ApiClient api, String path, JsonNode plan) throws ApiFailure, InterruptedException, IOException {
        var name = plan.path("name").asString("");
        if (!plan.path("allowed").asBoolean(false)) return override(api, path, plan, name);
        if (!yes && !"yes".equals(asked("Purge it? Type yes: "))) return nothing("Nothing was purged.");
        return done(api.post(path, wish(Map.of())));
    }

    private int override(ApiClient api, String path, JsonNode plan, String name)
            throws ApiFailure, InterruptedException, IOException {
        if (!plan.path("overridable").asBoolean(false))
            return nothing("Nothing was purged, and nothing overrides that.");
        if (yes) return nothing("Nothing was purged: --yes does not override. Run it without --yes to type the name.");
        var typed = asked("To purge it all the same, type the pack's name: ");
        if (!name.equals(typed)) return nothing("Nothing was purged: that is not its name.");
        return done(api.post(path, wish(Map.of("override", typed, "overrides", reasons(plan)))));
    }

    /// What was shown, and nothing that has come since, is overridden.
    private static List<String> reasons(JsonNode plan) {
        return plan.path("refusals")
                .valueStream()
                .map(refusal -> refusal.path("reason").asString(""))
                .toList();
    }

    private int done(JsonNode purge) {
        if (output.json()) output.document(purge);
        else output.line("The purge is under way: 'transpack jobs' shows it.");
        return CommandLine.ExitCode.OK;
    }

    private int nothing(String sentence) {
        output.note(sentence);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// Nobody's answer is no.
    private String asked(String question) throws IOException {
        output.ask(question);
        var answer = Input.line();
        return answer == null ? "" : answer;
    }

    private Map<String, Object> wish(Map<String, Object> more) {
        var wish = new LinkedHashMap<String, Object>();
        wish.put(
                "from",
                from.stream()
                        .map(place -> place.name().toLowerCase(Locale.ROOT))
                        .toList());
        wish.putAll(more);
        return wish;
    }
}
