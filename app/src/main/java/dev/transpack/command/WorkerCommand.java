package dev.transpack.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `transpack worker`.
@Command(
        name = "worker",
        description = "The background work only, for more nodes or a process of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class WorkerCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(WorkerCommand.class);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOption settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var read = AppSettings.read(settings.source(Map.of()));
        try (var ending = Ending.expected();
                var _ = Server.start(read, Server.Role.WORKER)) {
            spec.commandLine().getOut().println("Transpack works as " + Plain.line(read.node()) + ".");
            spec.commandLine().getOut().flush();
            log.atInfo().addKeyValue("node", read.node()).log("working");
            ending.await();
            log.atInfo().log("stopping: jobs that run save what they have");
        }
        return CommandLine.ExitCode.OK;
    }
}
