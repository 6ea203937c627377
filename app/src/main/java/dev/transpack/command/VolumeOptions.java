package dev.transpack.command;

import dev.transpack.packing.ExcludePreset;
import dev.transpack.packing.FileChoice;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PathPatterns;
import dev.transpack.settings.ByteSize;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which files become volumes, and what those are like: the same for `pack` and `send`. What is wrong is wrong usage.
final class VolumeOptions {
    private static final int LONGEST_NAME = 255;
    private static final String NONE = "none";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the volumes; else that of what is packed.")
    private @Nullable String name;

    @Option(names = "--volume-size", paramLabel = "SIZE", description = "Such as 500m, which is usual, or 2g.")
    private @Nullable String volumeSize;

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Leave these out: *.nfo, Sample/, as in .gitignore. Repeatable.")
    private List<String> exclude = List.of();

    @Option(
            names = "--exclude-preset",
            paramLabel = "PRESET",
            split = ",",
            description = "Leave these out: samples, junk; none leaves nothing out, whatever pack.exclude says.")
    private List<String> presets = List.of();

    @Option(
            names = "--exclude-from",
            paramLabel = "FILE",
            description = "Leave out what the patterns in this file say, one a line. Repeatable.")
    private List<Path> excludeFrom = List.of();

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Only these files or folders inside it: a path, or a pattern. Repeatable.")
    private List<String> only = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "rar, which is usual, zip, tar, files (each as it is) or rar-binary (your own rar program).")
    private @Nullable PackFormat format;

    @Option(names = "--level", paramLabel = "0-5", description = "Compression; only rar-binary has any.")
    private @Nullable Integer level;

    @Option(
            names = "--recovery",
            paramLabel = "PERCENT",
            description = "Store so much more that damage can be mended: PAR2, or rar's own record with rar-binary.")
    private @Nullable Integer recovery;

    @Option(
            names = "--portable-names",
            description = "Change names that Windows, macOS or Linux cannot hold, or that differ in case only.")
    private boolean portableNames;

    @Option(
            names = "--password-stdin",
            description = "Encrypt: read the password, one line, from standard input. For rar, zip and rar-binary.")
    private boolean passwordFromInput;

    /// What was left open is null.
    PackForm form() {
        var size = volumeSize();
        return new PackForm(
                format, size.isPresent() ? size.getAsLong() : null, level, recovery, portableNames ? true : null);
    }

    /// With what is usual in place of that.
    PackForm form(PackForm usual, @Nullable Secret password) {
        var form = form().or(usual);
        var problem = form.problem(password);
        if (problem != null) throw wrong(problem, null);
        return form;
    }

    /// The password that was given, if one was to be.
    Optional<Secret> password() throws IOException {
        return passwordFromInput ? Optional.of(Input.password()) : Optional.empty();
    }

    Optional<String> name() {
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME))
            throw wrong("--name: write 1 to " + LONGEST_NAME + " characters", null);
        return Optional.ofNullable(name);
    }

    /// In bytes.
    private OptionalLong volumeSize() {
        if (volumeSize == null) return OptionalLong.empty();
        try {
            var bytes = ByteSize.parse(volumeSize).bytes();
            if (bytes > 0) return OptionalLong.of(bytes);
        } catch (IllegalArgumentException e) {
            throw wrong("--volume-size: " + e.getMessage(), e);
        }
        throw wrong("--volume-size: write a size above 0, such as 500m", null);
    }

    /// What is to be left out; what stands in files comes first, so that the command line has the last word.
    List<String> exclude() {
        var all = new ArrayList<String>();
        excludeFrom.forEach(file -> all.addAll(PathPatterns.lines(text(file))));
        all.addAll(exclude);
        return all;
    }

    List<String> only() {
        return only;
    }

    /// Nothing when nobody said.
    ///
    /// @throws IllegalArgumentException in a sentence, when there is none of that name
    Optional<List<ExcludePreset>> presets() {
        if (presets.isEmpty()) return Optional.empty();
        if (presets.equals(List.of(NONE))) return Optional.of(List.of());
        return Optional.of(presets.stream().map(ExcludePreset::of).toList());
    }

    FileChoice files() {
        if (Stream.concat(only.stream(), exclude.stream()).anyMatch(String::isBlank))
            throw wrong("--only and --exclude: write a path or a pattern, which is never empty", null);
        try {
            return new FileChoice(only, presets().orElse(List.of()), exclude());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw wrong("--exclude-from: '" + file + "' cannot be read: write the path of a text file in UTF-8", e);
        }
    }

    private ParameterException wrong(String sentence, @Nullable Throwable cause) {
        return new ParameterException(spec.commandLine(), sentence, cause);
    }
}
