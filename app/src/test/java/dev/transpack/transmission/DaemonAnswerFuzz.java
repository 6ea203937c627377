package dev.transpack.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a daemon says of a torrent, in both spellings: only a hash that is none is refused.
public final class DaemonAnswerFuzz {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");
    private static final SeedLimits LIMITS = new SeedLimits(2, 30);

    private DaemonAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        RpcStyle.of(new String(input, StandardCharsets.UTF_8));
        JsonNode told;
        try {
            told = JSON.readTree(input);
        } catch (JacksonException e) {
            return;
        }
        for (var style : RpcStyle.values()) read(new Answer(told, style));
    }

    private static void read(Answer answer) {
        try {
            holds(TorrentReader.read(answer), answer);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not an info hash");
        }
    }

    private static void holds(Torrent torrent, Answer answer) {
        assertThat(torrent.progress().fraction()).isBetween(0.0, 1.0);
        assertThat(torrent.seeding().ratio()).isFinite();
        var number = answer.whole("status");
        if (number < 0 || number > 6) assertThat(torrent.progress().status()).isEqualTo(TorrentStatus.UNKNOWN);
        var done = torrent.progress().doneAt();
        if (done != null) assertThat(done).isBetween(Instant.EPOCH, YEAR_10000);
        torrent.seeding()
                .unmet(LIMITS, YEAR_10000)
                .ifPresent(reason -> assertThat(reason).isNotBlank());
    }
}
