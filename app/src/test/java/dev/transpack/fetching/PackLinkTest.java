package dev.transpack.fetching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people paste.
class PackLinkTest {
    private static final String TOKEN = "t".repeat(43);

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/Film.part1.rar", "/d/" + "Album/%20one.flac", "/checksums.sfv"})
    void theAddressOfAVolumeStandsForItsLink(String rest) {
        assertThat(PackLink.parse(" https://host/base/d/" + TOKEN + rest + "\n").page())
                .isEqualTo(URI.create("https://host/base/d/" + TOKEN));
    }

    @Test
    void aServerMayLieBelowAFolderOfThatName() {
        assertThat(PackLink.parse("https://host/d/app/d/" + TOKEN).page())
                .isEqualTo(URI.create("https://host/d/app/d/" + TOKEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://host/d/", "https://host/d", "ftp://host/d/x", "https:///d/x", "https://a@host/d/x"})
    void whatIsNoLinkIsRefused(String text) {
        assertThatThrownBy(() -> PackLink.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a link");
    }
}
