package dev.transpack.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkLifetimeTest {
    @Test
    void isWrittenInMinutesHoursDaysOrIso() {
        assertThat(LinkLifetime.parse("30m").value()).isEqualTo(Duration.ofMinutes(30));
        assertThat(LinkLifetime.parse(" 12h ").value()).isEqualTo(Duration.ofHours(12));
        assertThat(LinkLifetime.parse("365d").value()).isEqualTo(Duration.ofDays(365));
        assertThat(LinkLifetime.parse("P7D").value()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "0m", "-1d", "366d", "PT1S", "P999999999D", "999999999d", "for ever"})
    void refusesWhatIsNoLifetimeOrTooLong(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LinkLifetime.parse(text));
    }
}
