package dev.transpack.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/// A file of patterns, and behind its last line end a path: what a pattern covers it covers wholly, and after no more
/// looks than steps times places.
public final class PatternFuzz {
    private PatternFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        var end = text.lastIndexOf('\n');
        var path = text.substring(end + 1);
        if (!isPath(path)) return;
        escaped(path);
        try {
            var patterns = PathPatterns.of(PathPatterns.lines(text.substring(0, end + 1)));
            if (patterns.cover(path, true))
                assertThat(patterns.cover(path + "/inside", false)).isTrue();
            PathPatterns.lines(text.substring(0, end + 1)).forEach(line -> looks(line, path));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not a pattern: ");
        }
    }

    private static boolean isPath(String text) {
        return !PathPattern.names(text).contains("");
    }

    /// Behind backslashes every character stands for itself.
    private static void escaped(String path) {
        var names = PathPattern.names(path);
        assertThat(PathPattern.literal(path).matches(names, false)).isTrue();
        var pattern = new StringBuilder("/");
        path.codePoints().forEach(c -> pattern.append(c == '/' ? "" : "\\").appendCodePoint(c));
        assertThat(PathPattern.of(pattern.toString()).matches(names, false)).isTrue();
    }

    private static void looks(String line, String path) {
        var name = PathPattern.of(line).names().steps().getLast().wanted().characters();
        var text = path.codePoints().toArray();
        var looks = new int[1];
        var _ = name.match(text.length, (wanted, place) -> looks[0]++ >= 0 && wanted.test(text[place]));
        assertThat(looks[0]).isLessThanOrEqualTo((name.steps().size() + 1) * (text.length + 1));
    }
}
