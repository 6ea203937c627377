package dev.transpack.command;

import dev.transpack.demo.DemoFolder;
import dev.transpack.demo.DemoS3;
import dev.transpack.settings.SettingsSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `transpack rehearse`: does once what the server does, for Java to remember, and has another process do what the
/// commands do. The launcher runs it after a build with `-XX:AOTCacheOutput` (JEP 514) for both; every later start is
/// quicker and compiles less. The server's cache is twice the commands', which would pay for it at every start.
@Command(
        name = "rehearse",
        hidden = true,
        description = "Lets Java learn what the program does. For the launcher.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RehearseCommand implements Callable<Integer> {
    /// Ten parts and many files: enough for Java to know which code matters.
    private static final long LENGTH = 160L << 20;
    private static final int FILES = 3_000;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Parameters(
            arity = "1..*",
            paramLabel = "PROGRAM",
            description = "How the program is run that rehearses the commands.")
    private List<String> program = List.of();

    @Override
    public Integer call() throws Exception {
        try (var _ = Ending.expected();
                var folder = DemoFolder.create(false);
                var s3 = DemoS3.start(folder.path().resolve("s3"));
                var _ = Server.start(settings(folder, s3), Server.Role.WEB_AND_WORKER)) {
            return outcome(commands(folder, s3, download(folder)));
        }
    }

    /// Whoever waits for a first start does not wait long for what only makes later ones quicker.
    private static int outcome(Process commands) throws InterruptedException {
        try {
            return commands.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)
                    ? commands.exitValue()
                    : CommandLine.ExitCode.SOFTWARE;
        } finally {
            commands.destroyForcibly();
        }
    }

    private static AppSettings settings(DemoFolder folder, DemoS3 s3) {
        var values = new HashMap<>(s3.settings());
        values.put("transmission.url", "none");
        values.put("downloads.dir", folder.downloads().toString());
        values.put("data-dir", folder.data().toString());
        values.put("server.port", "0");
        return AppSettings.read(SettingsSource.of(values));
    }

    private Process commands(DemoFolder folder, DemoS3 s3, Path download) throws IOException {
        var line = new ArrayList<>(program);
        line.addAll(List.of(
                RehearseCommands.NAME, download.toString(), s3.endpoint().toString()));
        var commands =
                new ProcessBuilder(line).directory(folder.path().toFile()).inheritIO();
        // Whoever builds may have a server and a bucket of their own set there: no rehearsal goes to those.
        commands.environment().keySet().removeIf(name -> name.startsWith("TRANSPACK_") || name.startsWith("AWS_"));
        commands.environment().put("TRANSPACK_DATA_DIR", folder.data().toString());
        commands.environment().put("AWS_ACCESS_KEY_ID", DemoS3.KEY);
        commands.environment().put("AWS_SECRET_ACCESS_KEY", DemoS3.SECRET);
        return commands.start();
    }

    private static Path download(DemoFolder folder) throws IOException {
        var download = folder.downloads().resolve("rehearsal");
        var pictures = Files.createDirectories(download.resolve("pictures"));
        for (var n = 0; n < FILES; n++) Files.write(pictures.resolve(n + ".jpg"), new byte[n]);
        try (var sparse = new RandomAccessFile(download.resolve("film.mkv").toFile(), "rw")) {
            sparse.setLength(LENGTH);
        }
        return download;
    }
}
