package dev.transpack.command;

import dev.transpack.settings.ByteSize;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How a pack is to be made, as `transpack send` takes it.
final class SendOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--destination", paramLabel = "NAME", description = "Where to; else the default destination.")
    private @Nullable String destination;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the volumes; else the download's.")
    private @Nullable String name;

    @Option(names = "--format", paramLabel = "FORMAT", description = "rar (the default) or rar-binary.")
    private @Nullable String format;

    @Option(names = "--volume-size", paramLabel = "SIZE", description = "Such as 500m or 2g.")
    private @Nullable String volumeSize;

    @Option(names = "--level", paramLabel = "0-5", description = "Compression; above 0 with rar-binary only.")
    private @Nullable Integer level;

    @Option(names = "--recovery", paramLabel = "PERCENT", description = "Recovery record, with rar-binary only.")
    private @Nullable Integer recovery;

    @Option(names = "--password-stdin", description = "Read a password from standard input, one line.")
    private boolean passwordFromInput;

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Leave these out: *.nfo, Sample/**. Repeatable.")
    private List<String> exclude = List.of();

    @Option(names = "--only", paramLabel = "PATH", description = "Only this file or folder inside it. Repeatable.")
    private List<String> only = List.of();

    /// The body of the request, but for the download.
    Map<String, Object> request() throws IOException {
        var request = new LinkedHashMap<String, Object>();
        put(request, "destination", destination);
        put(request, "name", name);
        put(request, "format", format);
        put(request, "volumeSize", volumeSize == null ? null : bytes(volumeSize));
        put(request, "level", level);
        put(request, "recovery", recovery);
        put(request, "password", passwordFromInput ? Input.line() : null);
        request.put("exclude", exclude);
        request.put("only", only);
        return request;
    }

    private static void put(Map<String, Object> request, String field, @Nullable Object value) {
        if (value != null) request.put(field, value);
    }

    private long bytes(String text) {
        try {
            return ByteSize.parse(text).bytes();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--volume-size: " + e.getMessage(), e);
        }
    }
}
