package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges as RFC 9110 has them.
class LinkRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-, 0, 100",
        "bytes=99-, 99, 1",
        "bytes=10-19, 10, 10",
        "bytes=90-1000, 90, 10",
        "bytes=-1, 99, 1",
        "bytes=-1000, 0, 100",
        "Bytes=5-6, 5, 2",
        "bytes=0-999999999999999999, 0, 100"
    })
    void oneThatIsThere(String header, long from, long length) {
        assertThat(LinkRange.of(header, 100)).isEqualTo(new LinkRange.Stretch(from, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"})
    void oneThatIsNotThere(String header) {
        assertThat(LinkRange.of(header, 100)).isEqualTo(new LinkRange.Beyond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-4",
                "bytes=-",
                "bytes=",
                "bytes=a-b",
                "bytes=1-2,4-5",
                "bytes=1 - 2",
                "items=0-1",
                "bytes=0-9999999999999999999",
                ""
            })
    void whatIsNoSingleRangeOfBytesMeansAll(String header) {
        assertThat(LinkRange.of(header, 100)).isEqualTo(new LinkRange.Whole());
    }

    @Test
    void nothingAskedMeansAllAndNothingHasNoRange() {
        assertThat(LinkRange.of(null, 100)).isEqualTo(new LinkRange.Whole());
        assertThat(LinkRange.of("bytes=0-", 0)).isEqualTo(new LinkRange.Beyond());
        assertThat(LinkRange.of("bytes=-5", 0)).isEqualTo(new LinkRange.Beyond());
    }
}
