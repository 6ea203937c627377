package dev.transpack.packing;

import dev.transpack.packing.Wildcards.Step;
import java.util.ArrayList;
import java.util.List;

/// One pattern of the language of git's ignore files (https://git-scm.com/docs/gitignore, PATTERN FORMAT). Paths are
/// those inside of what is packed, separated by `/`.
///
/// @param takesBack whether it stood behind a `!`
/// @param foldersOnly whether a `/` stood at its end
/// @param names what the names of a path must be; a run stands for none or more of them
record PathPattern(boolean takesBack, boolean foldersOnly, Wildcards<NamePattern> names) {
    private static final Step<NamePattern> ANY_DEPTH = new Step<>(NamePattern.EVERYTHING, true);

    /// @throws IllegalArgumentException naming a pattern that cannot be read
    static PathPattern of(String text) {
        var takesBack = text.startsWith("!");
        var from = takesBack ? 1 : 0;
        var foldersOnly = text.length() > from && text.endsWith("/");
        var pattern = text.substring(from, text.length() - (foldersOnly ? 1 : 0));
        try {
            if (pattern.isEmpty()) throw new IllegalArgumentException("it is empty");
            var names = PatternText.names(pattern.startsWith("/") ? pattern.substring(1) : pattern);
            var steps = pattern.indexOf('/') >= 0 ? inPlace(names) : List.of(ANY_DEPTH, name(names.getFirst()));
            return new PathPattern(takesBack, foldersOnly, new Wildcards<>(steps));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a pattern: " + text + " (write *.nfo or Sample/)", e);
        }
    }

    /// Just this path, whatever characters it holds.
    static PathPattern literal(String path) {
        var steps = names(path).stream().map(NamePattern::literal).map(PathPattern::name);
        return new PathPattern(false, false, new Wildcards<>(steps.toList()));
    }

    /// The names of a path.
    static List<String> names(String path) {
        return List.of(path.split("/", -1));
    }

    /// @param path its names
    boolean matches(List<String> path, boolean folder) {
        return (folder || !foldersOnly) && names.match(path.size(), (name, place) -> name.matches(path.get(place)));
    }

    /// At the end `**` stands for everything inside, so for one name at least.
    private static List<Step<NamePattern>> inPlace(List<NamePattern> names) {
        var steps = new ArrayList<Step<NamePattern>>();
        names.forEach(name -> steps.add(name.isRunsOnly() ? ANY_DEPTH : name(name)));
        if (steps.getLast().isRun()) steps.add(name(NamePattern.EVERYTHING));
        return steps;
    }

    private static Step<NamePattern> name(NamePattern name) {
        return new Step<>(name, false);
    }
}
