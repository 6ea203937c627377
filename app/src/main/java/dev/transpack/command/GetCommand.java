package dev.transpack.command;

import dev.transpack.fetching.Fetch;
import dev.transpack.fetching.LinkClient;
import dev.transpack.fetching.PackLink;
import dev.transpack.fetching.RemotePack;
import dev.transpack.settings.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `transpack get`: what a link leads to, as files, without server and database.
@Command(
        name = "get",
        description = "Fetches what a link leads to and makes the files of it, checked. Needs no server of yours and no"
                + " unpacking program. Resumes when the same command is run again.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class GetCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "LINK", description = "Its address, https://host/d/...")
    @SuppressWarnings("NullAway.Init")
    private String link;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where the files go; else the working directory.")
    private Path output = Path.of("");

    @Option(names = "--only", paramLabel = "PATH", description = "Only this file or folder of it. Repeatable.")
    private List<String> only = List.of();

    @Option(names = "--keep-volumes", description = "The volumes as they are, instead of the files in them.")
    private boolean keepVolumes;

    @Option(names = "--password-stdin", description = "Read the pack's password, one line, from standard input.")
    private boolean passwordFromInput;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output out;

    @Override
    public Integer call() throws Exception {
        var address = address();
        if (keepVolumes && !only.isEmpty()) throw wrong("--only is about files, and --keep-volumes fetches none");
        try (var line = new ProgressLine(spec.commandLine().getErr(), InstantSource.system());
                var client = new LinkClient(address, line::note)) {
            var pack = RemotePack.of(client);
            if (pack.isSealed() && !keepVolumes) pack = pack.opened(password());
            var asVolumes = keepVolumes || !pack.tellsPlaces();
            if (asVolumes && !only.isEmpty())
                throw new CommandRefused(
                        "Single files cannot be fetched of this pack, only its volumes: leave --only out.");
            var wanted = asVolumes ? pack.volumes() : pack.files(only);
            var arrived = new Fetch(client, pack, output).run(wanted, line::show);
            line.clear();
            report(pack, wanted, asVolumes, arrived);
        }
        return CommandLine.ExitCode.OK;
    }

    private PackLink address() {
        try {
            return PackLink.parse(link);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("SystemConsoleNull") // a runtime without all modules has none
    private String password() throws IOException {
        if (passwordFromInput) return Input.password().reveal();
        var console = Output.watched() ? System.console() : null;
        var typed = console == null ? null : console.readPassword("Password of this pack: ");
        if (typed == null || typed.length == 0)
            throw new CommandRefused(
                    "This pack has a password: give it with --password-stdin, or fetch its volumes with"
                            + " --keep-volumes.");
        return new String(typed);
    }

    private void report(RemotePack pack, RemotePack.Wanted wanted, boolean asVolumes, Fetch.Arrived arrived) {
        var where = output.toAbsolutePath().normalize().toString();
        if (out.json()) {
            var document = new LinkedHashMap<String, Object>();
            document.put("pack", pack.name());
            document.put("output", where);
            document.put(asVolumes ? "volumes" : "files", wanted.files());
            document.put("bytes", wanted.bytes());
            document.put("bytesFetched", arrived.fetched());
            document.put("leftOut", arrived.leftOut());
            out.document(document);
            return;
        }
        arrived.leftOut()
                .forEach(path -> out.note("warning: '" + path + "': leads out of the folder and was not made"));
        out.line(fetched(wanted, arrived.made(), asVolumes ? "volume" : "file") + ": " + where);
        if (asVolumes && !keepVolumes)
            out.line("Its manifest does not say where files lie: "
                    + unpacking(pack.volumeNames().getFirst()) + " takes them out of the volumes.");
    }

    private static String fetched(RemotePack.Wanted wanted, RemotePack.Wanted made, String what) {
        var there = wanted.files() - made.files();
        var all = Figures.count(wanted.files(), what);
        if (made.files() == 0 && there > 0) return "All there already: " + all + ", " + Figures.size(wanted.bytes());
        if (there == 0) return "Fetched " + all + ", " + Figures.size(wanted.bytes());
        return "Fetched " + made.files() + " of " + all + ", " + Figures.size(made.bytes()) + ", the others were there";
    }

    /// As a shell reads it: the name is the server's choice, and the line is there to be copied.
    private static String unpacking(String volume) {
        return (volume.endsWith(".rar") ? "unrar" : "7z") + " x './" + volume.replace("'", "'\\''") + "'";
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
