package dev.transpack.command;

import dev.transpack.demo.DemoS3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `transpack rehearse-commands`: what people do with a running server, in one process; see [RehearseCommand].
@Command(
        name = RehearseCommands.NAME,
        hidden = true,
        description = "Lets Java learn what the commands do. For the launcher.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RehearseCommands implements Callable<Integer> {
    static final String NAME = "rehearse-commands";
    private static final String LINK = "link: ";

    @Parameters(paramLabel = "PATH", description = "A download of the running server's.")
    @SuppressWarnings("NullAway.Init")
    private Path download;

    @Parameters(paramLabel = "URL", description = "An S3 server.")
    @SuppressWarnings("NullAway.Init")
    private URI endpoint;

    @Override
    public Integer call() throws IOException {
        said("list");
        var sent = said("send", download.getFileName().toString(), "--wait");
        said("get", sent.substring(sent.indexOf(LINK) + LINK.length()).strip(), "--output", "home");
        said("pack", download.toString(), "--output", "s3://" + DemoS3.BUCKET, "--endpoint", endpoint.toString());
        said("packs");
        said("jobs", "--json");
        return CommandLine.ExitCode.OK;
    }

    /// What a command printed; a rehearsal that fails is none.
    private static String said(String... arguments) throws IOException {
        var out = new StringWriter();
        var code = TranspackCommand.line(arguments).setOut(new PrintWriter(out)).execute(arguments);
        if (code != CommandLine.ExitCode.OK) throw new IOException(String.join(" ", arguments) + " failed");
        return out.toString();
    }
}
