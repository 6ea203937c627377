package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Any text becomes a file name that does no harm.
class PackNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "/", "///", "\n", " ", "\u202E", "\u0000"})
    void nothingUsableBecomesAPlainName(String text) {
        assertThat(PackName.of(text).value()).isEqualTo("pack");
    }

    @ParameterizedTest
    @CsvSource({"a/b, ab", "../../etc, ....etc", "$(touch x), $(touch x)", "gpj\u202Eexe, gpjexe", "'a\tb', ab"})
    void onlyWhatIsDangerousIsDropped(String text, String name) {
        assertThat(PackName.of(text).value()).isEqualTo(name);
    }

    /// The first and the last of either kind (Unicode, "Explicit Directional"), and their neighbours.
    @ParameterizedTest
    @CsvSource({
        "2029, false",
        "202A, true",
        "202E, true",
        "202F, false",
        "2065, false",
        "2066, true",
        "2069, true",
        "206A, false"
    })
    void whatTurnsTheWritingIsKnown(String codePoint, boolean turns) {
        assertThat(PackName.turnsWriting(Integer.parseInt(codePoint, 16))).isEqualTo(turns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9", "\u20ac", "\uD83D\uDE80"})
    void longNamesAreCutBetweenCharactersSoThatDerivedNamesFit(String character) {
        var name = PackName.of(character.repeat(300));

        assertThat(name.value().replace(character, "")).isEmpty();
        assertThat(bytes(name.volume(ArchiveFormat.RAR5, 65_534, 65_535) + ".par2"))
                .isBetween(240, 255);
        assertThat(bytes(name.volume(ArchiveFormat.RAR5, 65_534, 65_535) + ".partial"))
                .isLessThanOrEqualTo(255);
    }

    @Test
    void volumesOfASetShareOneDigitWidth() {
        var name = PackName.of("n");

        assertThat(name.volume(ArchiveFormat.RAR5, 0, 1)).isEqualTo("n.rar");
        assertThat(name.volume(ArchiveFormat.RAR5, 0, 9)).isEqualTo("n.part1.rar");
        assertThat(name.volume(ArchiveFormat.RAR5, 8, 10)).isEqualTo("n.part09.rar");
    }

    @Test
    void anythingElseIsNoPackName() {
        assertThatThrownBy(() -> new PackName("a/b")).isInstanceOf(IllegalArgumentException.class);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
