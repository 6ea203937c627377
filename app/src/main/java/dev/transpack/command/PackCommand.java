package dev.transpack.command;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchiveOptions;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.EntryScan;
import dev.transpack.packing.FileChoice;
import dev.transpack.settings.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `transpack pack`: any folder, to a directory or straight into a bucket, without server and database.
@Command(
        name = "pack",
        description =
                "Packs a file or folder into volumes, in a directory or straight in a bucket. Needs no server. Into a"
                        + " bucket it resumes when the same command is run again.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PackCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "The file or folder.")
    @SuppressWarnings("NullAway.Init")
    private Path path;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR|s3://BUCKET/PREFIX",
            description = "Where volumes go.")
    @SuppressWarnings("NullAway.Init")
    private String output;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the volumes; else the path's last name.")
    private @Nullable String name;

    @Option(names = "--volume-size", paramLabel = "SIZE", defaultValue = "500m", description = "Such as 500m or 2g.")
    @SuppressWarnings("NullAway.Init")
    private String volumeSize;

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Leave these out: *.nfo, Sample/**. Repeatable.")
    private List<String> exclude = List.of();

    @Option(names = "--only", paramLabel = "PATH", description = "Only this file or folder inside it. Repeatable.")
    private List<String> only = List.of();

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private BucketOptions bucket;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output out;

    @Override
    public Integer call() throws Exception {
        var source = path.toAbsolutePath().normalize();
        var plan = plan(source);
        plan.warnings().forEach(warning -> out.note("'" + warning.name() + "': " + warning.problem()));
        report(plan, write(plan, source));
        return CommandLine.ExitCode.OK;
    }

    private String write(ArchivePlan plan, Path source) throws IOException, InterruptedException {
        try (var line = new ProgressLine(spec.commandLine().getErr(), InstantSource.system())) {
            return output.startsWith("s3://")
                    ? new BucketOutput(bucket.destination(output), plan, line).write(packName(source), source)
                    : new DirectoryOutput(Path.of(output), plan, line).write();
        }
    }

    private ArchivePlan plan(Path source) throws ArchiveException {
        var scan = EntryScan.of(source, choice());
        if (!scan.unreadable().isEmpty()) {
            var first = scan.unreadable().getFirst();
            throw new ArchiveException(
                    ArchiveException.Kind.SOURCE_UNREADABLE,
                    "'" + first.name() + "' cannot be packed: " + first.reason()
                            + "; mend it or leave it out with --exclude");
        }
        return ArchivePlan.of(packName(source), scan.entries(), ArchiveOptions.rar5(size()));
    }

    private String packName(Path source) {
        if (name != null) return name;
        var last = source.getFileName();
        return last == null ? "pack" : last.toString();
    }

    private long size() {
        try {
            return ByteSize.parse(volumeSize).bytes();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--volume-size: " + e.getMessage(), e);
        }
    }

    private FileChoice choice() {
        try {
            return new FileChoice(only, exclude);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void report(ArchivePlan plan, String target) throws IOException {
        if (out.json()) {
            var document = new LinkedHashMap<String, Object>();
            document.put("output", target);
            document.put("bytes", plan.length());
            document.put(
                    "volumes",
                    plan.volumes().stream().map(volume -> volume.name()).toList());
            document.put("fingerprint", plan.fingerprint());
            out.document(document);
            return;
        }
        out.line("Packed " + Figures.bytes(plan.length()) + " in "
                + plan.volumes().size() + (plan.volumes().size() == 1 ? " volume: " : " volumes: ") + target);
    }
}
