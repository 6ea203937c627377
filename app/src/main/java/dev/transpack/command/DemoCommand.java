package dev.transpack.command;

import dev.transpack.demo.DemoFolder;
import dev.transpack.demo.DemoS3;
import dev.transpack.demo.DemoTransmission;
import dev.transpack.demo.SampleDownloads;
import dev.transpack.settings.SettingsSource;
import dev.transpack.transmission.Transmission;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `transpack demo`: the whole pipeline in one process tree, on samples, with nothing to configure.
@Command(
        name = "demo",
        description =
                "The whole pipeline on samples: a download folder, a Transmission daemon if one is installed, an S3"
                        + " server and the page. Sends one download at the start and prints its link. Ctrl-C ends all of"
                        + " it. It reads no settings, neither a file's nor the environment's.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The page's port; else ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--keep", description = "Keep the demo's folder when it ends.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        try (var ending = Ending.expected();
                var folder = DemoFolder.create(keep)) {
            try {
                run(ending, folder);
            } catch (IOException | RuntimeException e) {
                throw folder.explained(e);
            }
        } catch (InterruptedException e) {
            // Asked to end, which is how every demo ends; all of it is closed by now.
        }
        return CommandLine.ExitCode.OK;
    }

    private void run(Ending ending, DemoFolder folder) throws Exception {
        say("folder: " + folder.path());
        say("data-dir: " + folder.data());
        var samples = SampleDownloads.create(folder.downloads());
        try (var s3 = DemoS3.start(folder.path().resolve("s3"));
                var daemon = DemoTransmission.start(folder.path().resolve("transmission"), folder.downloads())
                        .orElse(null);
                var server = Server.start(settings(folder, s3, daemon), Server.Role.WEB_AND_WORKER)) {
            var parts = new DemoJourney(server, ending, this::say);
            parts.announce();
            if (daemon == null) say("Transmission is not installed: the samples are loose files.");
            else seed(server.part(Transmission.class), daemon, folder, samples);
            parts.send(samples.first());
            ending.await();
        }
    }

    private AppSettings settings(DemoFolder folder, DemoS3 s3, @Nullable DemoTransmission daemon) {
        var values = new HashMap<>(s3.settings());
        values.putAll(daemon == null ? Map.of("transmission.url", "none") : daemon.settings());
        values.put("downloads.dir", folder.downloads().toString());
        values.put("data-dir", folder.data().toString());
        values.put("server.port", Integer.toString(port));
        return AppSettings.read(SettingsSource.of(values));
    }

    private static void seed(
            Transmission transmission, DemoTransmission daemon, DemoFolder folder, SampleDownloads samples)
            throws Exception {
        for (var name : samples.torrents())
            transmission.add(
                    daemon.torrentOf(folder.downloads().resolve(name)),
                    folder.downloads().toString(),
                    false,
                    List.of("demo"));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
