package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.settings.SettingsException;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"x", "a\tb"})
    void aNameOfANodeIsAsLongAsARowHoldsAndCanBeShown(String name) {
        var settings = SettingsSource.of(Map.of("node.name", name.equals("x") ? name.repeat(101) : name));
        assertThatThrownBy(() -> AppSettings.read(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("node.name = ")
                .hasMessageContaining("write at most 100 characters, none of them a control character");
        var longest = SettingsSource.of(Map.of("node.name", "x".repeat(100)));
        assertThat(AppSettings.read(longest).node()).hasSize(100);
    }

    private static List<Row> rows() throws Exception {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(match -> new Row(match.group(1), match.group(2)))
                .toList();
    }
}
