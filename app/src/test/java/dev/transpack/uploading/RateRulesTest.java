package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A timetable as people write it, and what it says of a moment. 23 November 2026 is a Monday.
class RateRulesTest {
    private static final RateRules OFFICE =
            RateRules.parse("10m", List.of("mon-fri 08:00-18:00 1m", "Sat-Sun 22:00-06:00 none", "wed 0:00-24:00 3m"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T07:59:59, 10m",
        "2026-11-23T08:00:00, 1m",
        "2026-11-23T17:59:59, 1m",
        "2026-11-23T18:00:00, 10m",
        "2026-11-25T09:00:00, 1m",
        "2026-11-25T20:00:00, 3m",
        "2026-11-27T22:30:00, 10m",
        "2026-11-28T05:00:00, 10m",
        "2026-11-28T22:00:00, none",
        "2026-11-29T05:59:00, none",
        "2026-11-29T06:00:00, 10m",
        "2026-11-30T05:59:00, none"
    })
    void theFirstEntryThatAMomentIsInDecides(LocalDateTime moment, String rate) {
        assertThat(RateRules.written(OFFICE.at(moment))).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T07:59:59, 2026-11-23T08:00",
        "2026-11-23T08:00:00, 2026-11-23T18:00",
        "2026-11-23T18:00:00, 2026-11-24T08:00",
        "2026-11-25T18:00:00, 2026-11-26T00:00",
        "2026-11-27T18:00:00, 2026-11-28T22:00"
    })
    void theNextChangeIsTheNextMomentAtWhichAnotherRateHolds(LocalDateTime moment, LocalDateTime change) {
        assertThat(OFFICE.changesAfter(moment)).contains(change);
    }

    @Test
    void whatIsTheSameAllWeekNeverChanges() {
        var now = LocalDateTime.parse("2026-11-23T12:00:00");
        assertThat(RateRules.UNLIMITED.changesAfter(now)).isEmpty();
        assertThat(RateRules.parse("1m", List.of("daily 08:00-18:00 1m")).changesAfter(now))
                .isEmpty();
        var always = RateRules.parse("1m", List.of("daily 00:00-24:00 2m"));
        assertThat(always.changesAfter(now)).isEmpty();
        assertThat(RateRules.written(always.at(now))).isEqualTo("2m");
    }

    @Test
    void theWeekIsACircle() {
        var rules = RateRules.parse("none", List.of("sat-mon 10:00-11:00 1m"));
        assertThat(RateRules.written(rules.at(LocalDateTime.parse("2026-11-23T10:30:00"))))
                .isEqualTo("1m");
        assertThat(RateRules.written(rules.at(LocalDateTime.parse("2026-11-24T10:30:00"))))
                .isEqualTo("none");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(OFFICE.toText()).isEqualTo("""
                10m
                mon-fri 08:00-18:00 1m
                sat-sun 22:00-06:00 none
                wed 00:00-24:00 3m""");
        assertThat(RateRules.ofText(OFFICE.toText())).isEqualTo(OFFICE);
        assertThat(RateRules.ofText(RateRules.UNLIMITED.toText())).isEqualTo(RateRules.UNLIMITED);
    }

    @ParameterizedTest
    @CsvSource({
        "mon-fri 8-18 1m, is no entry of a timetable",
        "someday 08:00-18:00 1m, is no entry of a timetable",
        "mon-fri 08:00-18:60 1m, is no entry of a timetable",
        "daily 00:00-24:30 1m, a day ends at 24:00",
        "mon 24:00-02:00 1m, a day begins at 00:00",
        "daily 08:00-18:00 fast, is no rate",
        "daily 08:00-18:00 12, is too slow"
    })
    void whatCannotBeReadIsNamed(String entry, String complaint) {
        assertThatThrownBy(() -> RateRules.parse("none", List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void aTimetableHasAnEnd() {
        assertThatThrownBy(() -> RateRules.parse("none", Collections.nCopies(51, "daily 08:00-18:00 1m")))
                .hasMessageContaining("at most 50");
    }
}
