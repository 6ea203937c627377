package dev.transpack.command;

import dev.transpack.jobs.JobPriority;
import dev.transpack.packing.ExcludePreset;
import dev.transpack.packing.PackForm;
import java.io.IOException;
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

    @Option(names = "--priority", paramLabel = "PRIORITY", description = "high, normal or low; else normal.")
    private @Nullable JobPriority priority;

    /// The body of the request, but for the download.
    Map<String, Object> request() throws IOException {
        var request = new LinkedHashMap<String, Object>();
        if (destination != null) request.put("destination", destination);
        if (priority != null) request.put("priority", Word.of(priority));
        volumes.name().ifPresent(name -> request.put("name", name));
        put(request, volumes.form());
        volumes.password().ifPresent(password -> request.put("password", password.reveal()));
        volumes.files(); // the server would refuse what is no pattern too, but later
        request.put("exclude", volumes.exclude());
        request.put("only", volumes.only());
        volumes.presets()
                .ifPresent(presets -> request.put(
                        "presets", presets.stream().map(ExcludePreset::word).toList()));
        return request;
    }

    private static void put(Map<String, Object> request, PackForm form) {
        if (form.format() != null) request.put("format", Word.of(form.format()));
        if (form.volumeSize() != null) request.put("volumeSize", form.volumeSize());
        if (form.level() != null) request.put("level", form.level());
        if (form.recovery() != null) request.put("recovery", form.recovery());
        if (form.hasPortableNames()) request.put("portableNames", true);
    }
}
