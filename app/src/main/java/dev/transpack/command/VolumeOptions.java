package dev.transpack.command;

import dev.transpack.packing.FileChoice;
import dev.transpack.settings.ByteSize;
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

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the volumes; else that of what is packed.")
    private @Nullable String name;

    @Option(names = "--volume-size", paramLabel = "SIZE", description = "Such as 500m, which is usual, or 2g.")
    private @Nullable String volumeSize;

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Leave these out: *.nfo, Sample/**. Repeatable.")
    private List<String> exclude = List.of();

    @Option(names = "--only", paramLabel = "PATH", description = "Only this file or folder inside it. Repeatable.")
    private List<String> only = List.of();

    Optional<String> name() {
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME))
            throw wrong("--name: write 1 to " + LONGEST_NAME + " characters", null);
        return Optional.ofNullable(name);
    }

    /// In bytes.
    OptionalLong volumeSize() {
        if (volumeSize == null) return OptionalLong.empty();
        try {
            var bytes = ByteSize.parse(volumeSize).bytes();
            if (bytes > 0) return OptionalLong.of(bytes);
        } catch (IllegalArgumentException e) {
            throw wrong("--volume-size: " + e.getMessage(), e);
        }
        throw wrong("--volume-size: write a size above 0, such as 500m", null);
    }

    List<String> exclude() {
        return exclude;
    }

    List<String> only() {
        return only;
    }

    FileChoice files() {
        if (Stream.concat(only.stream(), exclude.stream()).anyMatch(String::isBlank))
            throw wrong("--only and --exclude: write a path or a pattern, which is never empty", null);
        try {
            return new FileChoice(only, exclude);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private ParameterException wrong(String sentence, @Nullable Throwable cause) {
        return new ParameterException(spec.commandLine(), sentence, cause);
    }
}
