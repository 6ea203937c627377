package dev.transpack.command;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import dev.transpack.librar.EntryScan;
import dev.transpack.librar.PackName;
import dev.transpack.librar.RarPlan;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.librar.Volume;
import dev.transpack.packing.FileChoice;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.settings.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
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
        if (form.format() == PackFormat.RAR_BINARY) return packByRar(source, form, target);
        var plan = form.plan(packName(source), entries(source, volumes.files()));
        plan.warnings().forEach(warning -> out.note("warning: '" + warning.name() + "': " + warning.problem()));
        var files = form.withRecovery(plan);
        report(
                new Packed(
                        files.volumes(),
                        files.plan().volumes().size(),
                        files.plan().fingerprint()),
                write(files, source, target));
        return CommandLine.ExitCode.OK;
    }

    private String write(RecoveryPlan files, Path source, Optional<BucketOptions.Target> target)
            throws IOException, InterruptedException {
        try (var line = new ProgressLine(spec.commandLine().getErr(), InstantSource.system())) {
            return target.isPresent()
                    ? new BucketOutput(target.get(), new BucketOutput.Streamed(packName(source), files, line))
                            .write(source)
                    : new DirectoryOutput(Path.of(output), files, line).write();
        }
    }

    private int packByRar(Path source, PackForm form, Optional<BucketOptions.Target> target)
            throws IOException, InterruptedException {
        RarOutput.tool().binary();
        var password = volumes.password().orElse(null);
        var entries = entries(source, volumes.files());
        var whole = volumes.only().isEmpty() && volumes.exclude().isEmpty();
        var plan = new RarPlan(PackName.of(packName(source)), source, entries, whole, form.rarOptions());
        try (var line = new ProgressLine(spec.commandLine().getErr(), InstantSource.system())) {
            if (target.isEmpty()) {
                var made = new RarDirectory(Path.of(output), plan, password, line).write();
                report(new Packed(made, made.size(), plan.fingerprint()), output);
                return CommandLine.ExitCode.OK;
            }
            var staged = new RarOutput(plan, password, line);
            var there = new BucketOutput(target.get(), staged).write(source);
            report(new Packed(staged.volumes(), staged.volumes().size(), plan.fingerprint()), there);
            return CommandLine.ExitCode.OK;
        }
    }

    private static List<Entry> entries(Path source, FileChoice files) throws ArchiveException {
        var scan = EntryScan.of(source, files);
        if (!scan.unreadable().isEmpty()) {
            var first = scan.unreadable().getFirst();
            throw new ArchiveException(
                    ArchiveException.Kind.SOURCE_UNREADABLE,
                    "'" + first.name() + "' cannot be packed: " + first.reason()
                            + "; mend it or leave it out with --exclude");
        }
        files.require(scan.entries());
        return scan.entries();
    }

    private String packName(Path source) {
        var last = source.getFileName();
        return volumes.name().orElse(last == null ? "pack" : last.toString());
    }

    /// What was written.
    ///
    /// @param files volumes and recovery data
    /// @param volumes how many of them hold the pack
    private record Packed(List<Volume> files, int volumes, String fingerprint) {
        long bytes() {
            return files.stream().mapToLong(Volume::length).sum();
        }
    }

    private void report(Packed packed, String target) {
        if (out.json()) {
            var document = new LinkedHashMap<String, Object>();
            document.put("output", target);
            document.put("bytes", packed.bytes());
            document.put("volumes", packed.files().stream().map(Volume::name).toList());
            document.put("fingerprint", packed.fingerprint());
            out.document(document);
            return;
        }
        out.line("Packed " + Figures.size(packed.bytes()) + " in " + Figures.count(packed.volumes(), "volume") + ": "
                + target);
    }
}
