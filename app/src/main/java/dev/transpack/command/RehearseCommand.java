package dev.transpack.command;

import dev.transpack.demo.DemoFolder;
import dev.transpack.demo.DemoS3;
import dev.transpack.settings.SettingsSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `transpack rehearse`: does once what the server and the commands do at their start, for Java to remember. The
/// launcher runs it after a build with `-XX:AOTCacheOutput` (JEP 514); every later start is quicker and compiles less.
@Command(
        name = "rehearse",
        hidden = true,
        description = "Lets Java learn what the program does. For the launcher.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RehearseCommand implements Callable<Integer> {
    /// Ten parts: enough for Java to know which code matters.
    private static final long LENGTH = 160L << 20;

    @Override
    public Integer call() throws Exception {
        try (var _ = Ending.expected();
                var folder = DemoFolder.create(false);
                var s3 = DemoS3.start(folder.path().resolve("s3"))) {
            var film = film(folder);
            serve(folder, s3);
            pack(film, s3);
        }
        return CommandLine.ExitCode.OK;
    }

    private static void serve(DemoFolder folder, DemoS3 s3) {
        var values = new HashMap<>(s3.settings());
        values.put("transmission.url", "none");
        values.put("downloads.dir", folder.downloads().toString());
        values.put("data-dir", folder.data().toString());
        values.put("server.port", "0");
        try (var server = Server.start(AppSettings.read(SettingsSource.of(values)), Server.Role.WEB_AND_WORKER)) {
            // Without a token it is told so, which is all that is wanted here.
            TranspackCommand.run("list", "--url", "http://127.0.0.1:" + server.port());
        }
    }

    private static void pack(Path film, DemoS3 s3) {
        System.setProperty("aws.accessKeyId", DemoS3.KEY);
        System.setProperty("aws.secretAccessKey", DemoS3.SECRET);
        var endpoint = s3.endpoint().toString();
        TranspackCommand.run("pack", film.toString(), "--output", "s3://" + DemoS3.BUCKET, "--endpoint", endpoint);
    }

    private static Path film(DemoFolder folder) throws IOException {
        var film = Files.createDirectories(folder.downloads()).resolve("film.mkv");
        try (var sparse = new RandomAccessFile(film.toFile(), "rw")) {
            sparse.setLength(LENGTH);
        }
        return film;
    }
}
