package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PackRow;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Packs;
import dev.transpack.uploading.PackVolumes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who listens to the rows of a real database.
@Timeout(60)
class EventsHubTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private Database database;
    private EventsHub hub;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = Database.open(DatabaseSettings.file(folder.resolve("transpack.db")));
        var clock = InstantSource.system();
        var source = new EventsSource(new Packs(database, clock), new Jobs(database, clock), new PackVolumes(database));
        hub = new EventsHub(source, Duration.ofMillis(1));
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop();
        database.close();
    }

    @Test
    void whatHappenedBeforeOneCameIsInTheFirstThingOneHears() throws Exception {
        var early = hub.subscribe(null).orElseThrow();
        assertThat(early.next(LONG)).contains("event: snapshot");
        for (var n = 0; n < 20; n++) {
            var pack = pack("Film " + n);
            assertThat(hub.subscribe(null).orElseThrow().next(LONG)).contains("event: snapshot", pack);
        }
    }

    @Test
    void whoComesAgainHearsWhatTheyMissedAndThenGoesOn() throws Exception {
        var first = hub.subscribe(null).orElseThrow();
        var seen = id(first.next(LONG));
        hub.leave(first);
        var missed = pack("Missed");
        var again = hub.subscribe(seen).orElseThrow();
        assertThat(again.next(LONG)).contains(missed).doesNotContain("snapshot");
        var next = pack("Next");
        assertThat(again.next(LONG)).contains(next).doesNotContain(missed);
    }

    @Test
    void whoReadsTooSlowlyIsLetGoAndNobodyElse() throws Exception {
        var slow = hub.subscribe(null).orElseThrow();
        var quick = hub.subscribe(null).orElseThrow();
        assertThat(quick.next(LONG)).contains("event: snapshot");
        var pack = pack("Sintel");
        for (var n = 0; !slow.ended(); n++) {
            rename(pack, "Sintel " + n);
            assertThat(quick.next(LONG)).contains("\"name\":\"Sintel");
        }
        assertThat(quick.ended()).isFalse();
        Eventually.until("the slow one is let go", () -> slow.next(Duration.ZERO) == null);
        assertThat(hub.subscribe("long ago").orElseThrow().next(LONG)).contains("event: snapshot");
    }

    @Test
    void nobodyListensToAHubThatEnds() throws Exception {
        var listener = hub.subscribe(null).orElseThrow();
        hub.stop();
        assertThat(listener.ended()).isTrue();
        assertThat(hub.subscribe(null)).isEmpty();
        assertThat(hub.everything()).isEmpty();
    }

    private String pack(String name) {
        var id = PackRow.of(name, Path.of("/" + name)).insert(database);
        database.writes()
                .sql("update packs set created_at = ? where id = ?")
                .params(System.currentTimeMillis(), id)
                .update();
        return id;
    }

    private void rename(String pack, String name) {
        database.writes()
                .sql("update packs set name = ? where id = ?")
                .params(name, pack)
                .update();
    }

    private static String id(String message) {
        return message.lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
    }
}
