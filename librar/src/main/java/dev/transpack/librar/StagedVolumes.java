package dev.transpack.librar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The volumes a running `rar` leaves in its staging folder. Seen from outside, rar 7.01 writes the first as
/// `name.rar`, renames it to `name.part01.rar` (as many digits as it expects to need) when it begins the
/// second, and touches no volume again once it has begun the next.
final class StagedVolumes {
    private final Path single;
    private final Path staging;
    private final Pattern numbered;
    private int handedOver;

    StagedVolumes(RarRequest request) {
        var name = request.name().value();
        staging = request.staging();
        single = staging.resolve(name + ".rar");
        numbered = Pattern.compile(Pattern.quote(name) + "\\.part([0-9]{1,9})\\.rar");
    }

    /// Volumes that are whole and not handed over yet, in order. While the program runs the newest is never
    /// among them.
    List<Path> next(boolean ended) throws IOException {
        var present = numbered();
        var whole = new ArrayList<Path>();
        while (true) {
            var volume = present.get(handedOver + 1);
            if (volume == null || (!ended && present.lastKey() == handedOver + 1)) {
                break;
            }
            whole.add(volume);
            handedOver++;
        }
        if (ended && handedOver == 0 && Files.exists(single)) {
            whole.add(single);
            handedOver++;
        }
        return whole;
    }

    int handedOver() {
        return handedOver;
    }

    /// Whether anything of this name is there.
    boolean isEmpty() throws IOException {
        return !Files.exists(single) && numbered().isEmpty();
    }

    void delete() throws IOException {
        Files.deleteIfExists(single);
        for (var volume : numbered().values()) {
            Files.deleteIfExists(volume);
        }
    }

    private NavigableMap<Integer, Path> numbered() throws IOException {
        var found = new TreeMap<Integer, Path>();
        try (var files = Files.newDirectoryStream(staging)) {
            for (var file : files) {
                var match = numbered.matcher(file.getFileName().toString());
                if (match.matches()) {
                    found.put(Integer.valueOf(match.group(1)), file);
                }
            }
        }
        return found;
    }
}
