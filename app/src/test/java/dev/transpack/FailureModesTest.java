package dev.transpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/design/failure-modes.md` says of every stop point which test shows it, and what people read then: both are
/// there.
class FailureModesTest {
    private static final Path TABLE = Path.of("..", "docs", "design", "failure-modes.md");
    private static final List<Path> SOURCES =
            List.of(Path.of("src", "test", "java"), Path.of("..", "librar", "src", "test", "java"));
    private static final List<Path> PROGRAM = List.of(Path.of("src", "main"), Path.of("..", "librar", "src", "main"));
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern METHOD = Pattern.compile("(?m)^    void (\\w+)\\(");
    private static final Pattern SENTENCE = Pattern.compile("\"([^\"]+)\"");
    private static final int COLUMNS = 5;

    @Test
    void everyRowHasItsTestAndEveryTestIsThere() throws IOException {
        var methods = methods();
        var wrong = new ArrayList<String>();
        for (var row : rows()) {
            var named = NAMED.matcher(row).results().toList();
            if (named.isEmpty()) wrong.add("no test: " + row);
            for (var test : named)
                if (!methods.getOrDefault(test.group(1), "").contains(" " + test.group(2) + " "))
                    wrong.add("no such test: " + test.group());
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRowSaysWhatHappensWhatIsReadAndWhatCanBeDone() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(40)
                .allSatisfy(row -> assertThat(row.split(" \\| ", -1))
                        .as(row)
                        .hasSize(COLUMNS)
                        .allMatch(cell -> !cell.isBlank()));
    }

    /// What stands between the dots of a sentence stands so in the program.
    @Test
    void everySentenceIsTheProgramsOwn() throws IOException {
        var said = said();
        var wrong = new ArrayList<String>();
        for (var row : rows())
            SENTENCE.matcher(row.split(" \\| ", -1)[2])
                    .results()
                    .flatMap(sentence -> Stream.of(sentence.group(1).split("…")))
                    .map(String::strip)
                    .filter(piece -> !said.contains(piece))
                    .forEach(wrong::add);
        assertThat(wrong).isEmpty();
    }

    /// The program's text, in which literals that are put together stand as one.
    private static String said() throws IOException {
        var all = new StringBuilder();
        for (var root : PROGRAM)
            try (var files = Files.walk(root)) {
                for (var file : files.filter(Files::isRegularFile).toList())
                    if (file.toString().endsWith(".java") || file.toString().endsWith("messages.properties"))
                        all.append(Files.readString(file));
            }
        return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| stop |"))
                .toList();
    }

    /// The test methods of every class, each with a space around it.
    private static Map<String, String> methods() throws IOException {
        var all = new HashMap<String, String>();
        for (var root : SOURCES)
            try (var files = Files.walk(root)) {
                for (var file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    var names = new StringBuilder(" ");
                    METHOD.matcher(Files.readString(file))
                            .results()
                            .forEach(found -> names.append(found.group(1)).append(' '));
                    all.put(file.getFileName().toString().replace(".java", ""), names.toString());
                }
            }
        return all;
    }
}
