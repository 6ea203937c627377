package dev.transpack.command;

import dev.transpack.web.ServerSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Serving, with its options: what `transpack serve` does, and `transpack` alone.
class ServeOptions implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ServeOptions.class);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOption settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--no-worker", description = "The page and the API only; another process works.")
    private boolean noWorker;

    @Option(names = "--port", paramLabel = "N", description = "Listen there instead of on server.port.")
    private @Nullable Integer port;

    @Override
    public Integer call() throws Exception {
        var role = noWorker ? Server.Role.WEB : Server.Role.WEB_AND_WORKER;
        var read = AppSettings.read(settings.source(overrides()));
        try (var ending = Ending.expected();
                var server = Server.start(read, role)) {
            announce(server, read.server());
            log.atInfo()
                    .addKeyValue("node", read.node())
                    .addKeyValue("works", !noWorker)
                    .log("serving");
            ending.await();
            log.atInfo().log("stopping: jobs that run save what they have");
        }
        return CommandLine.ExitCode.OK;
    }

    /// One a line, for people and programs alike.
    private void announce(Server server, ServerSettings settings) {
        var out = spec.commandLine().getOut();
        out.println("page: " + settings.page(server.port()));
        server.firstPassword().ifPresent(first -> {
            out.println("user: " + first.user());
            out.println("password: " + first.password().reveal());
        });
        out.flush();
    }

    private Map<String, String> overrides() {
        var values = new HashMap<String, String>();
        if (port != null) values.put("server.port", port.toString());
        return values;
    }
}
