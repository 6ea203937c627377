package dev.transpack.command;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.EntryScan;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.packing.FileChoice;
import dev.transpack.packing.PackForm;
import dev.transpack.settings.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private VolumeOptions volumes;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private BucketOptions bucket;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output out;

    @Override
    public Integer call() throws Exception {
        // What is wrong on the command line is said before a folder of a terabyte is looked through.
        var target = bucket.target(output);
        var source = path.toAbsolutePath().normalize();
        var form = volumes.form(PackForm.STANDARD);
        var plan = plan(source, volumes.files(), form);
        plan.warnings().forEach(warning -> out.note("warning: '" + warning.name() + "': " + warning.problem()));
        var files = form.withRecovery(plan);
        report(files, write(files, source, target));
        return CommandLine.ExitCode.OK;
    }

    private String write(RecoveryPlan files, Path source, Optional<BucketOptions.Target> target)
            throws IOException, InterruptedException {
        try (var line = new ProgressLine(spec.commandLine().getErr(), InstantSource.system())) {
            return target.isPresent()
                    ? new BucketOutput(target.get(), files, line).write(packName(source), source)
                    : new DirectoryOutput(Path.of(output), files, line).write();
        }
    }

    private ArchivePlan plan(Path source, FileChoice files, PackForm form) throws ArchiveException {
        var scan = EntryScan.of(source, files);
        if (!scan.unreadable().isEmpty()) {
            var first = scan.unreadable().getFirst();
            throw new ArchiveException(
                    ArchiveException.Kind.SOURCE_UNREADABLE,
                    "'" + first.name() + "' cannot be packed: " + first.reason()
                            + "; mend it or leave it out with --exclude");
        }
        files.require(scan.entries());
        return form.plan(packName(source), scan.entries());
    }

    private String packName(Path source) {
        var last = source.getFileName();
        return volumes.name().orElse(last == null ? "pack" : last.toString());
    }

    private void report(RecoveryPlan files, String target) throws IOException {
        if (out.json()) {
            var document = new LinkedHashMap<String, Object>();
            document.put("output", target);
            document.put("bytes", files.length());
            document.put(
                    "volumes",
                    files.volumes().stream().map(volume -> volume.name()).toList());
            document.put("fingerprint", files.plan().fingerprint());
            out.document(document);
            return;
        }
        out.line("Packed " + Figures.size(files.length()) + " in "
                + Figures.count(files.plan().volumes().size(), "volume") + ": " + target);
    }
}
