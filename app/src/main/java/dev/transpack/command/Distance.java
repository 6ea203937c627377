package dev.transpack.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// How far a mistyped name is from another: the fewest letters to add, take away or change (Levenshtein).
final class Distance {
    /// Longer names are compared by their beginnings.
    private static final int LONGEST = 100;

    /// Shorter words, such as "the", are in too many names.
    private static final int SHORTEST_WORD = 4;

    private Distance() {}

    /// Whether somebody may have meant this name: a third of it mistyped at most, or a word in common.
    static boolean isNear(String wanted, String name) {
        if (between(wanted, name) <= Math.max(1, beginning(wanted).length() / 3)) return true;
        var words = words(wanted);
        return words(name).stream().anyMatch(words::contains);
    }

    private static Set<String> words(String text) {
        return Arrays.stream(beginning(text).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .collect(Collectors.toSet());
    }

    static int between(String one, String other) {
        var a = beginning(one);
        var b = beginning(other);
        var above = new int[b.length() + 1];
        for (var column = 0; column <= b.length(); column++) above[column] = column;
        for (var row = 1; row <= a.length(); row++) {
            var here = new int[b.length() + 1];
            here[0] = row;
            for (var column = 1; column <= b.length(); column++) {
                var change = above[column - 1] + (a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(change, Math.min(above[column], here[column - 1]) + 1);
            }
            above = here;
        }
        return above[b.length()];
    }

    private static String beginning(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.substring(0, Math.min(LONGEST, lower.length()));
    }
}
