package dev.transpack.librar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares two trees by names, kinds, contents, modification times to the nanosecond, modes and link targets.
final class TreeDiff {
    private TreeDiff() {}

    /// Every difference, as text; empty when the trees are alike. The two roots themselves are not compared.
    static List<String> between(Path expected, Path actual) throws IOException {
        return between(expected, actual, TreeDiff::describe);
    }

    /// Every difference but the times of links, which no reader of ZIP restores.
    static List<String> butForLinkTimes(Path expected, Path actual) throws IOException {
        return between(
                expected,
                actual,
                path -> Files.isSymbolicLink(path) ? "LINK to " + Files.readSymbolicLink(path) : describe(path));
    }

    /// Every difference in names, kinds, contents and targets of links.
    static List<String> ofContents(Path expected, Path actual) throws IOException {
        return between(expected, actual, path -> {
            var facts = UnixFacts.of(path);
            if (facts.isSymlink()) {
                return "LINK to " + Files.readSymbolicLink(path);
            }
            return facts.isFile() ? "FILE of " + facts.size() + " bytes" : "FOLDER";
        });
    }

    private static List<String> between(Path expected, Path actual, Describing describing) throws IOException {
        var left = facts(expected, describing);
        var right = facts(actual, describing);
        var names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        var differences = new ArrayList<String>();
        for (var name : names) {
            var wanted = left.get(name);
            var found = right.get(name);
            if (wanted == null || !wanted.equals(found)) {
                differences.add("'" + name + "': expected " + wanted + ", found " + found);
            } else if (wanted.startsWith("FILE") && Files.mismatch(expected.resolve(name), actual.resolve(name)) >= 0) {
                differences.add("'" + name + "': other content");
            }
        }
        return differences;
    }

    private interface Describing {
        String of(Path path) throws IOException;
    }

    private static Map<String, String> facts(Path root, Describing describing) throws IOException {
        var facts = new TreeMap<String, String>();
        try (var walk = Files.walk(root)) {
            for (var path : walk.toList()) {
                if (!path.equals(root)) {
                    facts.put(root.relativize(path).toString(), describing.of(path));
                }
            }
        }
        return facts;
    }

    private static String describe(Path path) throws IOException {
        var facts = UnixFacts.of(path);
        var common = " mode " + Integer.toOctalString(facts.mode()) + " modified " + facts.modified();
        if (facts.isSymlink()) {
            return "LINK to " + Files.readSymbolicLink(path) + common;
        }
        return (facts.isFile() ? "FILE of " + facts.size() + " bytes" : "FOLDER") + common;
    }
}
