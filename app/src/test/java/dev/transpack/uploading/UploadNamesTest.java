package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys and download names: what can be written, how, and what is refused.
class UploadNamesTest {

    @Test
    void aKeyIsPrefixPackAndName() {
        assertThat(ObjectKey.of("", "id", "a.rar").value()).isEqualTo("id/a.rar");
        assertThat(ObjectKey.of("/a//b/", "id", "a.rar").value()).isEqualTo("a/b/id/a.rar");
        assertThat(ObjectKey.of("p", "id", "dir/a.rar").name()).isEqualTo("a.rar");
        assertThat(ObjectKey.manifest("p", "id").value()).isEqualTo("p/id/manifest.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/../b", "a//b", "/a", "a/", "line\nbreak", "nul\0"})
    void whatClientsWouldResolveIsNoKey(String name) {
        assertThatThrownBy(() -> ObjectKey.of("p", "id", name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyHasAtMost1024BytesNotCharacters() {
        var longest = "😀".repeat(255);
        assertThat(ObjectKey.of("", "i", longest + "aa").value()).hasSize(514);
        assertThatThrownBy(() -> ObjectKey.of("", "i", longest + "aaa"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1024 bytes");
    }

    @Test
    void aDownloadKeepsItsNameWhateverIsInIt() {
        assertThat(ContentDisposition.attachment("Film (2017).part1.rar"))
                .isEqualTo("attachment; filename=\"Film (2017).part1.rar\"; "
                        + "filename*=UTF-8''Film%20%282017%29.part1.rar");
        assertThat(ContentDisposition.attachment("é \"x\\\";\r\nSet-Cookie: a=%41 😀"))
                .isEqualTo("attachment; filename=\"_ _x__;__Set-Cookie: a=_41 _\"; filename*=UTF-8''"
                        + "%C3%A9%20%22x%5C%22%3B%0D%0ASet-Cookie%3A%20a%3D%2541%20%F0%9F%98%80");
    }
}
