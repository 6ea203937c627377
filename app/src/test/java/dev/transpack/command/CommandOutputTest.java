package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What commands print, and how they understand names.
class CommandOutputTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b]0;title\u0007",
                "a\rb\nc\u0000",
                "\u009b31m",
                "\u202egpj.exe",
                "\u2028",
                "\ud800"
            })
    void nothingInANameReachesTheTerminalAsACommand(String name) {
        assertThat(Plain.line(name).codePoints())
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)
                .noneMatch(c -> c == 0x202e || c == 0x2028);
    }

    @Test
    void aNameOfLettersOfAnyScriptStaysAsItIs() {
        var name = "Amélie 映画 🎬👩\u200d👧 $(touch x) \"; rm -rf . <img src=x>";
        assertThat(Plain.line(name)).isEqualTo(name);
    }

    @Test
    void sentencesOfSeveralLinesKeepThem() {
        assertThat(Plain.lines("one\n  two\u001b[m")).isEqualTo("one\n  two\\x1b[m");
    }

    @Test
    void columnsAreAlignedWhateverTheScript() {
        var table = Table.<List<String>>empty().column("NAME", List::getFirst).column("X", List::getLast);
        assertThat(table.lines(List.of(List.of("映画", "1"), List.of("e\u0301", "2"))))
                .containsExactly("NAME  X", "映画  1", "e\u0301     2");
    }

    @Test
    void aDownloadIsFoundByIdExactNameOrAPartOfItsName() throws Exception {
        var all = all("Sintel", "Sintel 4K", "Big Buck Bunny");
        assertThat(Choice.of("download", "id1", all).path("name").asString()).isEqualTo("Sintel 4K");
        assertThat(Choice.of("download", "Sintel", all).path("id").asString()).isEqualTo("id0");
        assertThat(Choice.of("download", "buck", all).path("id").asString()).isEqualTo("id2");
    }

    @Test
    void anAmbiguousPartNamesThoseItMayMean() {
        assertThatThrownBy(() -> Choice.of("download", "sint", all("Sintel", "Sintel 4K")))
                .hasMessage("'sint' may mean 2 downloads: id0 ('Sintel'), id1 ('Sintel 4K'). Give an id.");
    }

    @Test
    void twoOfTheSameNameAreAmbiguousToo() {
        assertThatThrownBy(() -> Choice.of("pack", "Sintel", all("Sintel", "Sintel")))
                .hasMessageContaining("2 packs");
    }

    @Test
    void aMistypedNameGetsTheNearestOnes() {
        assertThatThrownBy(() -> Choice.of("download", "Sintle", all("Big Buck Bunny", "Sintel", "Cosmos", "Spring")))
                .hasMessage("There is no download 'Sintle'; the nearest name is 'Sintel'.");
    }

    @Test
    void aWordInCommonIsNearTooAndNothingElseIs() {
        var all = all("Big Buck Bunny (2008)", "Bunny hop", "Sintel", "Of the x");
        assertThatThrownBy(() -> Choice.of("download", "The bunny movie", all))
                .hasMessageEndingWith("the nearest names are 'Bunny hop', 'Big Buck Bunny (2008)'.");
        assertThatThrownBy(() -> Choice.of("pack", "Cosmos", all))
                .hasMessage("There is no pack 'Cosmos', and no name is near to that.");
    }

    @Test
    void amongThousandsOfLongNamesTheNearestIsFoundToo() {
        var names = IntStream.range(0, 5_000).mapToObj(n -> n + "x".repeat(250)).toArray(String[]::new);
        names[4_000] = "Sintel";
        assertThatThrownBy(() -> Choice.of("download", "Sintle", all(names)))
                .hasMessageContaining("the nearest name is 'Sintel'");
    }

    @Test
    void withNothingThereNothingIsNear() {
        assertThatThrownBy(() -> Choice.of("download", "x", List.of()))
                .hasMessage("There is no download 'x', nor any other.");
    }

    private static List<JsonNode> all(String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(n ->
                        (JsonNode) JSON.createObjectNode().put("id", "id" + n).put("name", names[n]))
                .toList();
    }
}
