package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventsHistoryTest {
    private final EventsHistory history = new EventsHistory();

    private static Map<String, EventsItem> packs(long... doneBytes) {
        var items = new LinkedHashMap<String, EventsItem>();
        IntStream.range(0, doneBytes.length).forEach(n -> {
            var pack = new EventsItem.PackNow(
                    "p" + n,
                    "Name\n" + n,
                    "SENDING",
                    null,
                    doneBytes[n],
                    100,
                    0,
                    null,
                    0,
                    0,
                    List.of(),
                    null,
                    null,
                    "r");
            items.put(pack.key(), pack);
        });
        return items;
    }

    @Test
    void tellsOnlyWhatChanged() {
        assertThat(history.advance(packs(1, 2))).contains("\"id\":\"p0\"").contains("\"id\":\"p1\"");
        assertThat(history.advance(packs(1, 2))).isEmpty();
        assertThat(history.advance(packs(1, 3)))
                .contains("event: pack\n")
                .contains("\"doneBytes\":3")
                .doesNotContain("\"id\":\"p0\"");
    }

    @Test
    void tellsWhatIsGone() {
        history.advance(packs(1, 2));
        assertThat(history.advance(packs(1))).contains("event: gone\ndata: {\"type\":\"pack\",\"id\":\"p1\"}");
    }

    @Test
    void aMessageIsOneLineWhateverTheNames() {
        history.advance(packs(1));
        assertThat(history.welcome(null).lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("data: {"))
                .last()
                .isEqualTo("");
    }

    @Test
    void whoWasAwayGetsWhatTheyMissed() {
        history.advance(packs(1, 2));
        var seen = lastId(history.welcome(null));
        history.advance(packs(5, 2));
        history.advance(packs(5, 6));
        assertThat(history.welcome(seen))
                .doesNotContain("snapshot")
                .contains("\"doneBytes\":5")
                .contains("\"doneBytes\":6");
        assertThat(history.welcome(lastId(history.welcome(seen)))).startsWith(":");
    }

    @Test
    void whoMissedTooMuchOrComesFromElsewhereGetsAll() {
        history.advance(packs(1));
        var seen = lastId(history.welcome(null));
        IntStream.range(2, 1_100).forEach(done -> history.advance(packs(done)));
        assertThat(history.welcome(seen)).contains("event: snapshot");
        for (var strange : new String[] {"", "7", "other-1", seen + "0000", seen.replaceAll("\\d+$", "x")})
            assertThat(history.welcome(strange)).contains("event: snapshot");
    }

    @Test
    void aListenerWhoReadsTooSlowlyIsLetGo() throws Exception {
        var listener = new EventsSubscriber(null);
        var taken = IntStream.range(0, 1_000)
                .filter(n -> listener.offer("message " + n))
                .count();
        assertThat(taken).isBetween(1L, 500L);
        assertThat(listener.ended()).isTrue();
        assertThat(listener.next(java.time.Duration.ofSeconds(60))).isNull();
    }

    private static String lastId(String messages) {
        return messages.lines()
                .filter(line -> line.startsWith("id: "))
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring(4);
    }
}
