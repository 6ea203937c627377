package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What transmission-daemon 3.00 was seen to do to names.
class DownloadNamesTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '#',
            value = {
                "plain,plain",
                "q\"uote,q_uote",
                "$(touch x),$(touch x)",
                "<img src=x onerror=alert(1)>,_img src=x onerror=alert(1)_",
                "../../x,.._.._x",
                "back\\slash,back_slash",
                "colon: ? * |,colon_ _ _ _",
                "trail. ,trail",
                " lead,lead",
                "...x...,...x",
                "CON,CON_",
                "con.txt,con_.txt",
                "CONx,CONx",
                "COM1,COM1_"
            })
    void onTheDisk(String told, String onDisk) {
        assertThat(DaemonNames.onDisk(told)).isEqualTo(onDisk);
    }

    @Test
    void beyondTheBasicPlaneTheJsonIsWrong() {
        assertThat(DaemonNames.asTold("film 🎬")).isEqualTo("film \u1f3ac");
        assertThat(DaemonNames.asTold("\udbff\udfff")).isEqualTo("\u10ffff");
        assertThat(DaemonNames.asTold("été")).isEqualTo("été");
    }

    @Test
    void aFileSystemThatTakesNamesApartIsUnderstood() {
        assertThat(DaemonNames.comparable("e\u0301")).isEqualTo("é");
    }
}
