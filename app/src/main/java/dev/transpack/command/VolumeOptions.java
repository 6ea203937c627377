package dev.transpack.command;

import dev.transpack.packing.FileChoice;
import dev.transpack.settings.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which files become volumes, and what those are like: the same for `pack` and `send`. What is wrong is wrong usage.
final class VolumeOptions {
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
        return Optional.ofNullable(name);
    }

    /// In bytes.
    OptionalLong volumeSize() {
        if (volumeSize == null) return OptionalLong.empty();
        try {
            return OptionalLong.of(ByteSize.parse(volumeSize).bytes());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--volume-size: " + e.getMessage(), e);
        }
    }

    List<String> exclude() {
        return exclude;
    }

    List<String> only() {
        return only;
    }

    FileChoice files() {
        try {
            return new FileChoice(only, exclude);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
