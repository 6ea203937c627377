package dev.transpack.packing;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import dev.transpack.librar.EntryScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes patterns of the paths and patterns that somebody wants only, seeing what there is.
final class OnlyPaths {
    /// What is there, by the names of its path: whether it is a folder.
    private final Map<List<String>, Boolean> there = new HashMap<>();

    OnlyPaths(EntryScan scan) {
        scan.unreadable().forEach(thing -> put(thing.name(), false));
        scan.entries().forEach(entry -> put(entry.name(), entry.kind() == Entry.Kind.DIRECTORY));
    }

    private void put(String name, boolean folder) {
        ChosenPaths.inside(name).ifPresent(path -> there.put(PathPattern.names(path), folder));
    }

    /// @throws ArchiveException REFUSED, naming what is not there
    PathPatterns patterns(List<String> only) throws ArchiveException {
        var patterns = new ArrayList<PathPattern>();
        for (var wanted : only) patterns.add(pattern(wanted));
        return new PathPatterns(patterns);
    }

    private PathPattern pattern(String wanted) throws ArchiveException {
        var path = wanted.replaceAll("/+$", "");
        if (there.containsKey(PathPattern.names(path))) return PathPattern.literal(path);
        return readable(wanted)
                .filter(pattern -> pattern.takesBack() || matchesAnything(pattern))
                .orElseThrow(() -> new ArchiveException(
                        ArchiveException.Kind.REFUSED,
                        "Nothing here is called '" + wanted + "', or matches it as a pattern: write the path inside the"
                                + " folder, as its list shows it, or a pattern such as *.mkv."));
    }

    private static Optional<PathPattern> readable(String wanted) {
        try {
            return Optional.of(PathPattern.of(wanted));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what is no pattern can only have been meant as a path
        }
    }

    private boolean matchesAnything(PathPattern pattern) {
        return there.entrySet().stream().anyMatch(thing -> pattern.matches(thing.getKey(), thing.getValue()));
    }
}
