package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/guide/settings.md lists exactly the settings that are read, each with its environment variable.
class SettingsDocTest {
    private static final Path PAGE = Path.of("..", "docs", "guide", "settings.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9.<>-]+)` \\| `(TRANSPACK_[A-Z0-9_<>]+)` \\|.*");

    private record Row(String key, String variable) {}

    @Test
    void everySettingIsDocumentedAndNoneThatIsNotThere() throws Exception {
        assertThat(rows()).extracting(Row::key).containsExactlyInAnyOrderElementsOf(AppSettings.keys());
    }

    @Test
    void everyVariableIsTheOneThatIsRead() throws Exception {
        for (var row : rows()) assertThat(row.variable()).isEqualTo(SettingsSource.variable(row.key()));
    }

    private static List<Row> rows() throws Exception {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(match -> new Row(match.group(1), match.group(2)))
                .toList();
    }
}
