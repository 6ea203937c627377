package dev.transpack.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The judge is `git check-ignore`.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathPatternsTest {
    private static final List<String> NAMES =
            List.of("a", "b", "ab", "A", "a.b", ".a", "b c", "a-b", "[a]", "*", "!a", "b ", "#x");
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "a",
            "b",
            "ab",
            "A",
            ".",
            "*",
            "*",
            "**",
            "?",
            "/",
            "/",
            "/",
            "**/",
            "/**",
            "[ab]",
            "[!a]",
            "[^b]",
            "[a-b]",
            "[]a]",
            "[[:upper:]]",
            "\\a",
            "\\*",
            "\\[",
            "-",
            " ",
            "!",
            "[",
            "\\",
            "]",
            "b/",
            "***");
    private static final int RANDOM_LISTS = 700;

    /// What git documents as one `*` it takes for any depth of folders, but only behind letters: `a**/b`.
    private static final Pattern ODD_IN_GIT = Pattern.compile(".*[^/*]\\*\\*+(\\\\?/.*)?");

    @TempDir
    static Path tree;

    private final List<Path> paths = new ArrayList<>();

    @BeforeAll
    void makeTree() throws Exception {
        run(List.of("git", "init", "--quiet", tree.toString()), "");
        grow(tree, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "/a",
                "a/",
                "/a/",
                "a/b",
                "/a/b",
                "a/b/",
                "*",
                "*.b",
                "a*",
                "*b",
                "?",
                "a?b",
                "[ab]",
                "[!a]",
                "[^a]",
                "[a-z]*",
                "**",
                "**/",
                "**/a",
                "a/**",
                "a/**/b",
                "**/a/b",
                "a/*",
                "a/*/b",
                "*/a",
                "/*",
                "/*/",
                "/**",
                "/**/a",
                "a**b",
                "a/**b",
                "\\a",
                "\\*",
                "\\[a]",
                "[[]a]",
                "[*]",
                "\\!a",
                "b c",
                "b\\ c",
                "[[:alpha:]]",
                "[[:digit:]]",
                "[a\\-b]",
                "a[.-]b",
                "[]a]",
                "[!]a]",
                "!a",
                "/",
                "!",
                "[",
                "[a",
                "a\\",
                "a//b",
                "***",
                "a/***",
                "/a/**/",
                "#a",
                "\\#a"
            })
    void onePatternCoversWhatGitIgnores(String pattern) throws Exception {
        assertAgreed(List.of(pattern.startsWith("#") ? "\\" + pattern : pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* !a",
                "a !a",
                "a/ !a/b",
                "a/** !a/b",
                "/* !/a",
                "/* !/a /a/* !/a/b",
                "*.b !/a.b a.b",
                "!a a",
                "** !**/",
                "a !/a/b b",
                "** !*/ !**/a",
                "/* !/b/ /b/** !/b/a"
            })
    void theLastPatternThatMatchesDecidesUnlessAFolderAboveIsCovered(String patterns) throws Exception {
        assertAgreed(List.of(patterns.split(" ")));
    }

    @Test
    void aSetMayBeAsLongAsSomebodyLikes() {
        var patterns = PathPatterns.of(List.of("[" + "ab".repeat(100_000) + "c]"));
        assertThat(patterns.cover("c", false)).isTrue();
        assertThat(patterns.cover("d", false)).isFalse();
    }

    @Test
    void whateverIsWrittenCoversWhatGitIgnores() throws Exception {
        var random = new Random(2026);
        for (var i = 0; i < RANDOM_LISTS; i++) {
            var patterns = Stream.generate(() -> pattern(random))
                    .filter(pattern -> !pattern.isBlank() && !pattern.endsWith(" "))
                    .filter(pattern -> !ODD_IN_GIT.matcher(pattern).matches())
                    .limit(1 + random.nextInt(3))
                    .toList();
            assertAgreed(patterns);
        }
    }

    @Test
    void aFileOfPatternsIsReadAsGitReadsIt() throws Exception {
        var file = "\uFEFFa.b   \r\n\n# a\n\\#x\nb\\ \n   \n  b\n*\t\nab \\ \n!/a/a.b";
        assertThat(covered(PathPatterns.lines(file))).isEqualTo(ignored(file));
    }

    @Test
    void aCharacterIsOneWhereGitSeesBytes() {
        var patterns = PathPatterns.of(List.of("caf?", "[ä-ü]", "😀?"));
        assertThat(patterns.cover("café", false)).isTrue();
        assertThat(patterns.cover("x/ö", false)).isTrue();
        assertThat(patterns.cover("😀😀", false)).isTrue();
    }

    @Test
    void whatCannotBeReadIsNamed() {
        for (var pattern : List.of("[", "a[b", "a\\", "/", "!", "", "[[:nothing:]]"))
            assertThatThrownBy(() -> PathPatterns.of(List.of("a", pattern)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not a pattern: " + pattern + " (");
    }

    @Test
    @Timeout(10)
    void manyStarsTakeNoTime() {
        var patterns = PathPatterns.of(List.of("*a".repeat(1_000) + "*b", "**/a/".repeat(400) + "b"));
        assertThat(patterns.cover("a".repeat(4_000), false)).isFalse();
        assertThat(patterns.cover("a/".repeat(1_000) + "a", false)).isFalse();
    }

    private static String pattern(Random random) {
        return Stream.generate(() -> PIECES.get(random.nextInt(PIECES.size())))
                .limit(1 + random.nextInt(5))
                .collect(Collectors.joining());
    }

    /// What cannot be read counts for nothing in git.
    private void assertAgreed(List<String> patterns) throws Exception {
        var readable = patterns.stream().filter(PathPatternsTest::isReadable).toList();
        assertThat(covered(readable)).as("%s", patterns).isEqualTo(ignored(String.join("\n", patterns)));
    }

    private static boolean isReadable(String pattern) {
        try {
            PathPatterns.of(List.of(pattern));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Set<String> covered(List<String> patterns) {
        var read = PathPatterns.of(patterns);
        return paths.stream()
                .filter(path -> read.cover(name(path), Files.isDirectory(path)))
                .map(this::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> ignored(String file) throws Exception {
        Files.writeString(tree.resolve(".git/info/exclude"), file + "\n");
        var asked = paths.stream().map(this::name).collect(Collectors.joining("\0"));
        var command = List.of("git", "-C", tree.toString(), "check-ignore", "--no-index", "-z", "--stdin");
        return Stream.of(run(command, asked).split("\0"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String name(Path path) {
        return tree.relativize(path).toString();
    }

    private void grow(Path folder, int depth) throws IOException {
        for (var name : NAMES) {
            var path = folder.resolve(name);
            paths.add(path);
            if (depth < 2 && name.length() < 3) {
                Files.createDirectory(path);
                grow(path, depth + 1);
            } else Files.createFile(path);
        }
    }

    private String run(List<String> command, String input) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", tree.resolve("none").toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        var asked = Files.writeString(tree.resolve(".git.asked"), input);
        var process = builder.redirectInput(asked.toFile()).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
