package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema of the manifest and the example that explains it. Manifests that were really written are held against it
/// wherever [UploadFixture] reads one.
class ManifestSchemaTest {
    private String example;

    @BeforeEach
    void readExample() throws IOException {
        example = Files.readString(Path.of("..", "docs", "design", "manifest.md"))
                .lines()
                .filter(line -> line.startsWith("    "))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theExampleIsOne() throws Exception {
        ManifestSchema.assertDescribes(example.getBytes(StandardCharsets.UTF_8));
        assertThat(PackManifest.parse(example.getBytes(StandardCharsets.UTF_8)).files())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tool\":", "\"id\":", "\"path\":", "\"length\":", "\"grade\":", "\"sha256\":"})
    void aMemberThatIsAddedLaterIsNoHarm(String beside) throws Exception {
        var newer = example.replaceFirst(beside, "\"later\": {\"a\": [1]}, " + beside);
        assertThat(newer).isNotEqualTo(example);
        ManifestSchema.assertDescribes(newer.getBytes(StandardCharsets.UTF_8));
        var bytes = newer.getBytes(StandardCharsets.UTF_8);
        assertThat(PackManifest.parse(bytes)).isEqualTo(PackManifest.parse(example.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "version": 1                | "version": 2
            "tool"                      | "program"
            "Sintel/film.mkv"           | "/film.mkv"
            "Sintel/film.mkv"           | "../film.mkv"
            "Sintel/film.mkv"           | "Sintel//film.mkv"
            "kind": "file"              | "kind": "socket"
            20000000                    | -1
            1c291ca3                    | 1C291CA3
            .123456789Z                 | +02:00
            "link": "film.mkv",         | ^^
            "link"                      | "crc32": "00000000", "goal"
            "offset": 84                | "offset": -84
            "grade": "STRONG"           | "grade": "GOOD"
            "size": 16777216            | "size": 0
            9f86d0                      | 9f86
            """)
    void whatIsNoneIsRefused(String good, String bad) throws Exception {
        var wrong = example.replace(good, bad);
        assertThat(wrong).isNotEqualTo(example);
        assertThat(ManifestSchema.complaints(wrong)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "{\"version\":1}", "{\"version\":1,\"tool\":null}", "x", ""})
    void whatIsNoneIsSaidInASentence(String text) {
        assertThatThrownBy(() -> PackManifest.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("this is not a pack's manifest")
                .hasMessageNotContaining("dev.transpack");
    }
}
