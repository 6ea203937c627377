package dev.transpack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "-1, ?",
        "0, 0 B",
        "999, 999 B",
        "1000, 0.98 KiB",
        "1152, 1.13 KiB",
        "10235, 10.0 KiB",
        "1023590, 0.98 MiB",
        "1048571, 1.00 MiB",
        "524288000, 500 MiB",
        "4703919739, 4.38 GiB",
        "9223372036854775807, 8.00 EiB"
    })
    void aSizeHasThreeFigures(long bytes, String written) {
        assertThat(Figures.size(bytes)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "200, 3 min 20 s", "7500, 2 h 5 min", "86400, 1 d", "273600, 3 d 4 h"
    })
    void aTimeHasTwoUnitsAtMost(long seconds, String written) {
        assertThat(Figures.duration(Duration.ofSeconds(seconds))).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"0, no files", "1, 1 file", "2, 2 files", "1234567, '1,234,567 files'"})
    void aCountAgreesWithItsWord(long number, String written) {
        assertThat(Figures.count(number, "file")).isEqualTo(written);
    }

    @Test
    void aWholeIsNeverCalledDoneBeforeItIs() {
        assertThat(Figures.percent(999_999_999, 1_000_000_000)).isEqualTo("99.9 %");
        assertThat(Figures.percent(7, 7)).isEqualTo("100.0 %");
        assertThat(Figures.percent(5, 0)).isEmpty();
    }

    @Test
    void theLanguageOfTheMachineChangesNothing() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Figures.size(1_536)).isEqualTo("1.50 KiB");
            assertThat(Figures.ratio(2.125)).isEqualTo("2.13");
        } finally {
            Locale.setDefault(before);
        }
    }
}
