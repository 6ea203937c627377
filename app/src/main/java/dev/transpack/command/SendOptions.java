package dev.transpack.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a pack is to be made, as `transpack send` takes it.
final class SendOptions {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private VolumeOptions volumes;

    @Option(names = "--destination", paramLabel = "NAME", description = "Where to; else the default destination.")
    private @Nullable String destination;

    @Option(names = "--format", paramLabel = "FORMAT", description = "rar, the only one so far.")
    private @Nullable Format format;

    /// What volumes may be.
    enum Format {
        RAR
    }

    /// The body of the request, but for the download.
    Map<String, Object> request() {
        var request = new LinkedHashMap<String, Object>();
        if (destination != null) request.put("destination", destination);
        if (format != null) request.put("format", Word.of(format));
        volumes.name().ifPresent(name -> request.put("name", name));
        volumes.volumeSize().ifPresent(bytes -> request.put("volumeSize", bytes));
        volumes.files(); // the server would refuse what is no pattern too, but later
        request.put("exclude", volumes.exclude());
        request.put("only", volumes.only());
        return request;
    }
}
