package dev.transpack.command;

import dev.transpack.settings.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `transpack limit`: says or sets how fast uploads may be; those that are under way follow within seconds.
@Command(
        name = "limit",
        description = "Says how fast uploads may be, or sets it from now on; uploads under way follow.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class LimitCommand implements Callable<Integer> {
    private static final String PATH = "/limit";
    private static final String NONE = "none";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RATE",
            description =
                    "Bytes a second, such as 10m, or none. Holds when no entry of the timetable does; the timetable"
                            + " stays as it is.")
    private @Nullable String rate;

    @Option(
            names = "--timetable",
            paramLabel = "ENTRY",
            description = "Days, times and a rate, such as 'mon-fri 08:00-18:00 1m' or 'daily 23:00-07:00 none'; may be"
                    + " given several times, and the first that a moment is in decides. The rate stays as it is. 'none'"
                    + " drops the timetable.")
    private List<String> timetable = List.of();

    @Option(names = "--settings", description = "Goes back to what the settings say.")
    private boolean settings;

    @Override
    public Integer call() throws Exception {
        if (settings && (rate != null || !timetable.isEmpty()))
            throw new ParameterException(spec.commandLine(), "Say a rate or a timetable, or --settings: not both.");
        try (var api = server.connect()) {
            return told(held(api));
        }
    }

    private JsonNode held(ApiClient api) throws ApiFailure, InterruptedException {
        if (settings) return api.delete(PATH);
        var held = api.get(PATH);
        if (rate == null && timetable.isEmpty()) return held;
        return api.post(PATH, Map.of("limit", rate == null ? rateOf(held) : rate, "timetable", entries(held)));
    }

    private static String rateOf(JsonNode held) {
        return held.path("limit").isNull()
                ? NONE
                : Long.toString(held.path("limit").asLong());
    }

    /// Those that were given, or those that are in force.
    private List<String> entries(JsonNode held) {
        if (timetable.isEmpty())
            return held.path("timetable").valueStream().map(JsonNode::asString).toList();
        return timetable.equals(List.of(NONE)) ? List.of() : timetable;
    }

    private int told(JsonNode held) {
        var output = server.output();
        if (output.json()) {
            output.document(held);
            return CommandLine.ExitCode.OK;
        }
        var now = InstantSource.system().instant();
        output.line("Uploads now: " + words(held.path("now")) + still(held.path("until"), now) + ".");
        if (!held.path("timetable").isEmpty()) {
            held.path("timetable").forEach(entry -> output.line("Timetable: " + entry.asString()));
            output.line("Otherwise: " + words(held.path("limit")) + ".");
        }
        output.line(
                held.path("setBy").isNull()
                        ? "So the settings say."
                        : "Set by " + held.path("setBy").asString() + " on " + Cells.minute(held.path("setAt"))
                                + "; 'transpack limit --settings' goes back to the settings.");
        return CommandLine.ExitCode.OK;
    }

    /// Not a time of day: the timetable goes by the server's time zone, which may be another than here.
    /// Nor a time that is over: the clock here may be ahead of the server's.
    static String still(JsonNode until, Instant now) {
        if (until.isNull()) return "";
        var left = Duration.between(now, Instant.parse(until.asString()));
        return left.isPositive() ? ", for another " + Figures.about(left) : "";
    }

    private static String words(JsonNode rate) {
        return rate.isNull() ? "as fast as it goes" : "at most " + Figures.rate(rate.asLong(0));
    }
}
