package dev.transpack.command;

import dev.transpack.accounts.LocalToken;
import dev.transpack.database.Backup;
import dev.transpack.database.BackupHeader;
import dev.transpack.database.Restore;
import dev.transpack.settings.Figures;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `transpack backup`: the database and the instance key as one file, and back.
@Command(
        name = "backup",
        description = "The database and the instance key as one file. Works on the database, not on a server.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(create|verify|restore)")
final class BackupCommand implements Runnable {
    private static final List<String> NOT_IN_IT =
            List.of("the objects in the bucket", "the downloads", "staged volumes", "the settings");
    private static final int PATIENCE_MILLIS = 2_000;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOption settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// What a program is told.
    private record Told(
            String file,
            long bytes,
            String transpack,
            int schema,
            String madeAt,
            String database,
            long rows,
            List<BackupHeader.TableRows> tables,
            List<String> notInIt) {
        static Told of(Path file, BackupHeader header) throws IOException {
            return new Told(
                    file.toString(),
                    Files.size(file),
                    header.program(),
                    header.schema(),
                    header.madeAt().toString(),
                    header.database(),
                    header.rows(),
                    header.tables(),
                    NOT_IN_IT);
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say which: create, verify or restore.");
    }

    @Command(
            description =
                    "Makes a backup, also while the server runs. The file holds the instance key: keep it private.",
            mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--force", description = "Replaces a file that is there.") boolean force,
            @Mixin Output output)
            throws IOException {
        var read = AppSettings.read(settings.source(Map.of()));
        var header = new Backup(read.database(), read.dataDir(), Version.current(), InstantSource.system())
                .create(file, force);
        return tell(output, "backup", file, header);
    }

    @Command(description = "Looks whether a file is a whole backup.", mixinStandardHelpOptions = true)
    int verify(@Parameters(paramLabel = "FILE") Path file, @Mixin Output output) throws IOException {
        return tell(output, "backup", file, Backup.verify(file));
    }

    @Command(
            description = "Restores a backup into an empty database, and the instance key beside it.",
            mixinStandardHelpOptions = true)
    int restore(@Parameters(paramLabel = "FILE") Path file, @Mixin Output output) throws IOException {
        var read = AppSettings.read(settings.source(Map.of()));
        refuseRunning(read.dataDir());
        var header = new Restore(read.database(), read.dataDir()).from(file);
        return tell(output, "restored", file, header);
    }

    private static int tell(Output output, String done, Path file, BackupHeader header) throws IOException {
        var told = Told.of(file, header);
        if (output.json()) {
            output.document(told);
            return CommandLine.ExitCode.OK;
        }
        output.line(done + ": " + file + " (" + Figures.size(told.bytes) + ")");
        output.line("made: " + Cells.minute(header.madeAt(), "") + " UTC from " + header.database() + " by Transpack "
                + header.program() + ", schema " + header.schema());
        output.line("rows: " + header.rows());
        output.line("not in it: " + String.join(", ", NOT_IN_IT));
        return CommandLine.ExitCode.OK;
    }

    /// A server that was killed leaves its address behind: only what answers there runs.
    private static void refuseRunning(Path dataDir) {
        new LocalToken(dataDir).address().filter(BackupCommand::answers).ifPresent(address -> {
            throw new CommandRefused("A server runs on " + dataDir + " (at " + address
                    + "): stop it first, or set data-dir to a new folder.");
        });
    }

    private static boolean answers(URI address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
