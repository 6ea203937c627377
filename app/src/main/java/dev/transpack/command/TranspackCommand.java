package dev.transpack.command;

import dev.transpack.accounts.Role;
import dev.transpack.browse.BrowseQuery;
import dev.transpack.jobs.JobPriority;
import dev.transpack.jobs.JobState;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PackState;
import dev.transpack.sharing.LinkLifetime;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program: `transpack` and its commands. Without one it serves.
@Command(
        name = "transpack",
        description = "Finished torrents, home: pack, upload, share and purge downloads.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class TranspackCommand extends ServeOptions {
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            ServeCommand.class,
            WorkerCommand.class,
            UserCommand.class,
            TokenCommand.class,
            BackupCommand.class,
            ListCommand.class,
            SendCommand.class,
            PackCommand.class,
            GetCommand.class,
            PacksCommand.class,
            LinkCommand.class,
            HomeCommand.class,
            PackSteps.Pause.class,
            PackSteps.Resume.class,
            PackSteps.Cancel.class,
            PackSteps.Retry.class,
            VerifyCommand.class,
            PurgeCommand.class,
            PriorityCommand.class,
            JobsCommand.class,
            LimitCommand.class,
            NodesCommand.class,
            LeftoversCommand.class,
            DoctorCommand.class,
            RehearseCommand.class,
            RehearseCommands.class);

    /// Runs one command.
    ///
    /// @return the exit code: 0 done, 1 failed, 2 wrong usage
    public static int run(String... args) {
        return line(args).execute(args);
    }

    /// picocli lets `--help` hide that it does not know the command before it.
    private static int execute(ParseResult parsed) throws ExecutionException {
        if (!parsed.unmatched().isEmpty())
            throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), parsed.unmatched());
        return new CommandLine.RunLast().execute(parsed);
    }

    /// The commands as picocli knows them: the one that is named first, or all if none is. Reading the descriptions of
    /// all takes a fifth of a short command's time.
    static CommandLine line(String... args) {
        var named = COMMANDS.stream()
                .filter(each -> args.length > 0 && isNamed(each.getAnnotation(Command.class), args[0]))
                .toList();
        var line = new CommandLine(new TranspackCommand());
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        return line.setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(new WrongUsage())
                .setExecutionStrategy(TranspackCommand::execute)
                .registerConverter(BrowseQuery.Status.class, new Word<>(BrowseQuery.Status.class))
                .registerConverter(SortOrder.class, SortOrder.CONVERTER)
                .registerConverter(PackState.class, new Word<>(PackState.class))
                .registerConverter(JobState.class, new Word<>(JobState.class))
                .registerConverter(JobPriority.class, new Word<>(JobPriority.class))
                .registerConverter(Role.class, new Word<>(Role.class))
                .registerConverter(PurgeCommand.Place.class, new Word<>(PurgeCommand.Place.class))
                .registerConverter(PackFormat.class, new Word<>(PackFormat.class))
                .registerConverter(LinkLifetime.class, TranspackCommand::lifetime);
    }

    private static boolean isNamed(Command command, String word) {
        return command.name().equals(word) || List.of(command.aliases()).contains(word);
    }

    private static LinkLifetime lifetime(String text) {
        try {
            return LinkLifetime.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException("write a time from 1m to 365d, such as 30m, 12h or 7d");
        }
    }
}
