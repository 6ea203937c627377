package dev.transpack.command;

import dev.transpack.librar.Encryption;
import dev.transpack.librar.NameWarning;
import dev.transpack.librar.PackName;
import dev.transpack.librar.RarPlan;
import dev.transpack.librar.Volume;
import dev.transpack.packing.LeftOut;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.settings.Figures;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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
                        + " bucket it resumes when the same command is run again; rar-binary begins afresh.",
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
        var password = volumes.password();
        var form = volumes.form(PackForm.STANDARD, password.orElse(null));
        if (form.format() == PackFormat.FILES && target.isEmpty())
            throw new ParameterException(
                    spec.commandLine(),
                    "--format files is for a bucket: a folder of the same files is a copy, as cp -a makes it");
        var source = path.toAbsolutePath().normalize();
        var begun = target.isPresent() ? BucketOutput.begun(target.get(), source) : BucketOutput.Begun.afresh();
        var content = new Content(form, source, name(source, target.isPresent() && password.isPresent(), begun));
        try (var line = new ProgressLine(spec.commandLine().getErr(), InstantSource.system())) {
            var to = new To(target, begun, line);
            var packed = form.format() == PackFormat.RAR_BINARY
                    ? packByRar(content, password.orElse(null), to)
                    : pack(content, password.map(secret -> form.encryption(secret, begun.seed())), to);
            line.clear();
            report(packed);
        }
        return CommandLine.ExitCode.OK;
    }

    /// What is packed, and as what.
    private record Content(PackForm form, Path source, String name) {}

    /// Where to; a directory when there is no target.
    private record To(Optional<BucketOptions.Target> target, BucketOutput.Begun begun, ProgressLine line) {}

    private Packed pack(Content content, Optional<Encryption> encryption, To to)
            throws IOException, InterruptedException {
        var chosen = volumes.files().of(content.source());
        var plan = content.form().plan(content.name(), chosen.entries(), encryption.orElse(null));
        var besides = new Besides(chosen.leftOut(), plan.warnings());
        note(besides);
        if (!plan.warnings().isEmpty() && !content.form().hasPortableNames())
            out.note("--portable-names changes names that Windows or macOS cannot hold.");
        var files = content.form().withRecovery(plan);
        var there = to.target().isPresent()
                ? new BucketOutput(
                                to.target().get(),
                                to.begun(),
                                new BucketOutput.Streamed(content.name(), files, to.line()))
                        .write(content.source())
                : new DirectoryOutput(Path.of(output), files, to.line()).write(content.source());
        return new Packed(files.volumes(), plan.volumes().size(), plan.fingerprint(), there, besides);
    }

    private Packed packByRar(Content content, @Nullable Secret password, To to)
            throws IOException, InterruptedException {
        RarOutput.tool().binary();
        if (to.target().isEmpty()) RarDirectory.requireOutside(Path.of(output), content.source());
        var files = volumes.files();
        var chosen = files.of(content.source());
        var options = content.form().rarOptions();
        var plan = new RarPlan(
                PackName.of(content.name()), content.source(), chosen.entries(), files.isEverything(), options);
        var besides = new Besides(chosen.leftOut(), plan.warnings());
        note(besides);
        if (to.target().isEmpty()) {
            var made = new RarDirectory(Path.of(output), plan, password, to.line()).write();
            return new Packed(made, made.size(), plan.fingerprint(), output, besides);
        }
        var staged = new RarOutput(plan, password, to.line());
        var there = new BucketOutput(to.target().get(), to.begun(), staged).write(content.source());
        return new Packed(staged.volumes(), staged.volumes().size(), plan.fingerprint(), there, besides);
    }

    /// What does not arrive, and which names not as they are.
    private record Besides(LeftOut leftOut, List<NameWarning> warnings) {}

    private void note(Besides besides) {
        var leftOut = besides.leftOut();
        if (leftOut.files() > 0)
            out.note("left out: " + Figures.count(leftOut.files(), "file") + ", " + Figures.size(leftOut.bytes()));
        besides.warnings().forEach(warning -> out.note("warning: '" + warning.name() + "': " + warning.problem()));
    }

    /// @param hidden whether a title would tell what the password hides
    private String name(Path source, boolean hidden, BucketOutput.Begun begun) {
        if (volumes.name().isPresent()) return named(volumes.name().get());
        var last = source.getFileName();
        return hidden ? begun.packId() : last == null ? "pack" : last.toString();
    }

    private String named(String wish) {
        var name = PackName.of(wish).value();
        if (!name.equals(wish)) out.note("The pack is called '" + name + "': '" + wish + "' cannot be a file's name.");
        return name;
    }

    /// What was written.
    ///
    /// @param files volumes and recovery data
    /// @param volumes how many of them hold the pack
    /// @param target where they are
    private record Packed(List<Volume> files, int volumes, String fingerprint, String target, Besides besides) {
        long bytes() {
            return files.stream().mapToLong(Volume::length).sum();
        }
    }

    private void report(Packed packed) {
        if (out.json()) {
            var document = new LinkedHashMap<String, Object>();
            document.put("output", packed.target());
            document.put("bytes", packed.bytes());
            document.put("volumes", packed.files().stream().map(Volume::name).toList());
            document.put("fingerprint", packed.fingerprint());
            document.put("leftOut", packed.besides().leftOut());
            document.put("warnings", packed.besides().warnings());
            out.document(document);
            return;
        }
        out.line("Packed " + Figures.size(packed.bytes()) + " in " + Figures.count(packed.volumes(), "volume") + ": "
                + packed.target());
    }
}
