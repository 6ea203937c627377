package dev.transpack.packing;

import dev.transpack.packing.Wildcards.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Reads the names of a pattern: what stands between its slashes. The language is that of git's ignore files; sets
/// are those of POSIX, `[a-z]`, `[!a]` or `[^a]`, `[[:digit:]]`.
final class PatternText {
    private static final Map<String, IntPredicate> CLASSES = Map.ofEntries(
            Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
            Map.entry("alpha", PatternText::isLetter),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", c -> c < ' ' || c == 0x7F),
            Map.entry("digit", PatternText::isDigit),
            Map.entry("graph", c -> c > ' ' && c < 0x7F),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("print", c -> c >= ' ' && c < 0x7F),
            Map.entry("punct", c -> c > ' ' && c < 0x7F && !isLetter(c) && !isDigit(c)),
            Map.entry("space", c -> c == ' ' || (c >= '\t' && c <= '\r')),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("xdigit", c -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));

    private final String text;
    private int at;

    private PatternText(String text) {
        this.text = text;
    }

    /// The names of a pattern, one for each stretch between slashes.
    ///
    /// @throws IllegalArgumentException when a set has no end, or a backslash stands before nothing
    static List<NamePattern> names(String text) {
        var reader = new PatternText(text);
        var names = new ArrayList<NamePattern>();
        do {
            names.add(reader.name());
        } while (reader.at++ < text.length());
        return names;
    }

    private NamePattern name() {
        var steps = new ArrayList<Step<IntPredicate>>();
        while (at < text.length() && text.charAt(at) != '/' && !text.startsWith("\\/", at)) steps.add(step());
        if (text.startsWith("\\", at)) at++;
        return new NamePattern(steps);
    }

    private Step<IntPredicate> step() {
        var c = next();
        return switch (c) {
            case '*' -> NamePattern.RUN;
            case '?' -> new Step<>(any -> true, false);
            case '[' -> new Step<>(set(), false);
            case '\\' -> NamePattern.is(next());
            default -> NamePattern.is(c);
        };
    }

    private IntPredicate set() {
        var negated = text.startsWith("!", at) || text.startsWith("^", at);
        if (negated) at++;
        var members = new ArrayList<IntPredicate>();
        do members.add(member());
        while (!text.startsWith("]", at));
        at++;
        return c -> negated != members.stream().anyMatch(member -> member.test(c));
    }

    private IntPredicate member() {
        var end = text.startsWith("[:", at) ? text.indexOf(']', at + 2) : -1;
        if (end > at + 2 && text.charAt(end - 1) == ':') return named(end);
        var first = character();
        var isRange = text.startsWith("-", at) && at + 1 < text.length() && text.charAt(at + 1) != ']';
        if (!isRange) return c -> c == first;
        at++;
        var last = character();
        return c -> first <= c && c <= last;
    }

    private IntPredicate named(int end) {
        var named = CLASSES.get(text.substring(at + 2, end - 1));
        if (named == null) throw new IllegalArgumentException("there is no class of this name");
        at = end + 1;
        return named;
    }

    private int character() {
        var c = next();
        return c == '\\' ? next() : c;
    }

    private int next() {
        if (at >= text.length()) throw new IllegalArgumentException("it ends too early");
        var c = text.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
