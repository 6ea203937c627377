package dev.transpack.packing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Patterns as git's ignore files have them, and what they cover of one tree: of the patterns that match a path the
/// last one decides, and below a folder that is covered everything is. For one thread: it remembers the folders that
/// it was asked of.
public final class PathPatterns {
    private final List<PathPattern> patterns;
    private final Map<String, Boolean> folders = new HashMap<>();

    PathPatterns(List<PathPattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /// @throws IllegalArgumentException naming a pattern that cannot be read
    public static PathPatterns of(List<String> patterns) {
        return new PathPatterns(patterns.stream().map(PathPattern::of).toList());
    }

    /// The patterns of a file, one a line: empty lines and those that begin with `#` count for nothing, nor do spaces
    /// at
    /// the end of a line, unless a backslash stands before them.
    public static List<String> lines(String file) {
        var text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(PathPatterns::withoutSpaces)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// @param path separated by `/`, beginning inside of what is packed
    public boolean cover(String path, boolean folder) {
        if (patterns.isEmpty()) return false;
        return folder ? coverFolder(path) : coverInside(path) || decide(path, false);
    }

    private boolean coverFolder(String path) {
        var known = folders.get(path);
        if (known != null) return known;
        var covered = coverInside(path) || decide(path, true);
        folders.put(path, covered);
        return covered;
    }

    private boolean coverInside(String path) {
        var slash = path.lastIndexOf('/');
        return slash > 0 && coverFolder(path.substring(0, slash));
    }

    private boolean decide(String path, boolean folder) {
        var names = PathPattern.names(path);
        for (var pattern : patterns.reversed()) if (pattern.matches(names, folder)) return !pattern.takesBack();
        return false;
    }

    private static String withoutSpaces(String line) {
        var end = 0;
        for (var i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ' ') continue;
            if (line.charAt(i) == '\\') i++;
            end = Math.min(i + 1, line.length());
        }
        return line.substring(0, end);
    }
}
