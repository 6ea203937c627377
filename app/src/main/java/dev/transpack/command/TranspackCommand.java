package dev.transpack.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: `transpack` and its commands. Without one it serves.
@Command(
        name = "transpack",
        description = "Finished torrents, home: pack, upload, share and purge downloads.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            WorkerCommand.class,
            UserCommand.class,
            TokenCommand.class,
            ListCommand.class,
            SendCommand.class,
            PackCommand.class,
            PacksCommand.class,
            LinkCommand.class,
            PackSteps.Home.class,
            PackSteps.Cancel.class,
            PackSteps.Retry.class,
            PurgeCommand.class,
            JobsCommand.class,
            DoctorCommand.class,
            RehearseCommand.class
        })
public final class TranspackCommand extends ServeOptions {
    /// Runs one command.
    ///
    /// @return the exit code: 0 done, 1 failed, 2 wrong usage
    public static int run(String... args) {
        return line().execute(args);
    }

    /// The commands as picocli knows them.
    static CommandLine line() {
        return new CommandLine(new TranspackCommand())
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
