package dev.transpack.purging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.PackRow;
import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRecord.Went;
import dev.transpack.settings.SettingsReader;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What stands in rows is read for ever: a change of these texts is a change of version.
class PurgeRecordsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int OBJECTS = 20_000;

    @TempDir
    Path home;

    @Test
    void aJobOfVersionOneIsRead() {
        assertThat(PurgePack.KIND.name()).isEqualTo("purge-pack");
        assertThat(PurgePack.KIND.version()).isEqualTo(1);
        assertThat(JSON.readValue("{\"purge\":\"p1\"}", PurgePack.Payload.class))
                .isEqualTo(new PurgePack.Payload("p1"));
    }

    @Test
    void aPlanOfVersionOneIsRead() {
        var plan = JSON.readValue("""
                {"pack":"p","name":"Sintel","from":["BUCKET","DISK"],"made":"2026-11-22T12:00:00Z",
                 "steps":{"links":["l"],
                   "bucket":{"address":"s3://b","objects":[{"key":"k","version":null,"size":5}],
                             "uploads":[{"key":"k","uploadId":"u"}]},
                   "source":{"path":"/d/Sintel","files":true,"entries":2,"bytes":7,
                             "torrent":{"infoHash":"h","name":"n","downloadDir":"/d"}}},
                 "freed":{"bucket":5,"disk":7},"stays":["s"],"proof":["p"],
                 "refusals":[{"reason":"NOT_HOME","sentence":"s","remedy":"r"}]}""", PurgePlan.class);
        assertThat(plan.from()).containsExactlyInAnyOrder(PurgeFrom.BUCKET, PurgeFrom.DISK);
        assertThat(plan.made()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(plan.steps().bucket().objects()).containsExactly(new PurgePlan.DoomedObject("k", null, 5));
        assertThat(plan.steps().source().torrent().infoHash()).isEqualTo("h");
        assertThat(plan.overridable()).isTrue();
        assertThat(JSON.readValue(JSON.writeValueAsString(plan), PurgePlan.class))
                .isEqualTo(plan);
    }

    @Test
    void aRecordOfVersionOneIsRead() {
        var record = JSON.readValue("""
                {"went":[{"kind":"OBJECT","what":"k","bytes":5,"at":"2026-11-22T12:00:00Z"}],
                 "sourceBegun":"2026-11-22T12:00:00Z","remains":["r"],"failure":"f"}""", PurgeRecord.class);
        assertThat(record.went()).containsExactly(new Went(Kind.OBJECT, "k", 5, Instant.parse("2026-11-22T12:00:00Z")));
        assertThat(JSON.readValue(JSON.writeValueAsString(record), PurgeRecord.class))
                .isEqualTo(record);
    }

    @Test
    void aRecordNotesEachThingOnceAndGoesOnWhereItEnded() throws Exception {
        try (var database = Database.open(DatabaseSettings.file(home.resolve("transpack.db")))) {
            var records = new PurgeRecords(database, Clock.systemUTC());
            var purge = insert(records, database, 1);
            var progress = new PurgeProgress(purge, records, Clock.systemUTC());
            progress.starts();
            progress.went(Kind.OBJECT, "k0", 5);
            progress.went(Kind.OBJECT, "k0", 5);
            var again = new PurgeProgress(records.find(purge.id()).orElseThrow(), records, Clock.systemUTC());
            again.starts();
            again.went(Kind.OBJECT, "k0", 5);
            again.went(Kind.LINK, "k0", 0);
            assertThat(records.find(purge.id()).orElseThrow().record().went())
                    .extracting(Went::kind)
                    .containsExactly(Kind.OBJECT, Kind.LINK);
        }
    }

    @Test
    void whatGoesIsWrittenOnceHoweverMuchItIs() throws Exception {
        try (var database = Database.open(DatabaseSettings.file(home.resolve("transpack.db")))) {
            var records = new PurgeRecords(database, Clock.systemUTC());
            var purge = insert(records, database, OBJECTS);
            var progress = new PurgeProgress(purge, records, Clock.systemUTC());
            progress.starts();
            var before = changes(database);
            var objects = purge.plan().steps().bucket().objects();
            for (var from = 0; from < OBJECTS - 100; from += 100)
                progress.went(objects.subList(from, from + 100).stream()
                        .map(object -> new Went(Kind.OBJECT, object.key(), object.size(), Instant.EPOCH))
                        .toList());
            assertThat(changes(database) - before).isEqualTo(OBJECTS - 100);
            progress.ends("It broke.");
            assertThat(changes(database) - before).isEqualTo(OBJECTS - 100 + 1);
            assertThat(recordLength(database)).isLessThan(500);
            assertThat(records.of(purge.plan().pack(), 10)).singleElement().satisfies(summary -> {
                assertThat(summary.went()).isEqualTo(OBJECTS - 100);
                assertThat(summary.freed()).isEqualTo(5L * (OBJECTS - 100));
                assertThat(summary.remains())
                        .containsExactly("100 of " + OBJECTS + " objects in s3://b, first k" + (OBJECTS - 100));
            });
            assertThat(records.find(purge.id()).orElseThrow().record().went()).hasSize(OBJECTS - 100);
        }
    }

    private Purge insert(PurgeRecords records, Database database, int objects) {
        var pack = PackRow.of("Sintel", home).insert(database);
        var doomed = IntStream.range(0, objects)
                .mapToObj(i -> new PurgePlan.DoomedObject("k" + i, null, 5))
                .toList();
        var bucket = new PurgePlan.BucketStep("s3://b", doomed, List.of());
        var plan = new PurgePlan(
                pack,
                "Sintel",
                Set.of(PurgeFrom.BUCKET),
                Instant.EPOCH,
                new PurgePlan.Steps(List.of(), bucket, null),
                new PurgePlan.Freed(0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return records.find(records.insert(plan, false, "ann")).orElseThrow();
    }

    /// Rows that the one writing connection has changed so far.
    private static long changes(Database database) {
        return database.writes().sql("select total_changes()").query(Long.class).single();
    }

    private static long recordLength(Database database) {
        return database.reads()
                .sql("select max(length(record)) from purges")
                .query(Long.class)
                .single();
    }

    @Test
    void theDaysOfUndoAreASetting() {
        assertThat(settings(Map.of()).keep()).isEqualTo(Duration.ofDays(7));
        assertThat(settings(Map.of("purge.keep-days", "30")).keep()).isEqualTo(Duration.ofDays(30));
    }

    private static PurgeSettings settings(Map<String, String> values) {
        return PurgeSettings.read(new SettingsReader(SettingsSource.of(values)));
    }
}
