package dev.transpack.command;

import dev.transpack.settings.SettingsException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `transpack doctor`: looks at everything that Transpack needs, and says what to mend. It changes nothing; what it
/// saw of destinations is remembered.
@Command(
        name = "doctor",
        description = "Checks settings, database, disk, Transmission, rar and destinations; one line each.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOption settings;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

    @Override
    public Integer call() throws Exception {
        var findings = findings().peek(this::say).toList();
        if (output.json())
            output.document(findings.stream().map(DoctorCommand::document).toList());
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL)
                ? CommandLine.ExitCode.SOFTWARE
                : CommandLine.ExitCode.OK;
    }

    /// Each is looked for when it is asked for, so that slow ones do not hold back what is known.
    private Stream<Finding> findings() {
        try {
            var read = AppSettings.read(settings.source(Map.of()));
            return Stream.<Supplier<Stream<Finding>>>of(
                            () -> DoctorHere.findings(read),
                            () -> DoctorDownloads.findings(read),
                            () -> DoctorDestinations.findings(read))
                    .flatMap(Supplier::get);
        } catch (SettingsException e) {
            return Stream.concat(
                    e.problems().stream().map(problem -> Finding.fail("settings", problem.toString())),
                    Stream.of(Finding.warn("the rest", "not looked at before the settings are right.")));
        }
    }

    private void say(Finding finding) {
        if (!output.json()) output.line(finding.line());
    }

    private static Map<String, Object> document(Finding finding) {
        var document = new LinkedHashMap<String, Object>();
        document.put("level", finding.levelName());
        document.put("what", finding.what());
        document.put("text", finding.text());
        if (finding.facts() != null) document.put("facts", finding.facts());
        return document;
    }
}
