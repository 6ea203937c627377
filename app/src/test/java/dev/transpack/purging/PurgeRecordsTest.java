package dev.transpack.purging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
            var progress = new PurgeProgress(purge, records, Clock.systemUTC(), PurgeFixture.RUN);
            progress.starts();
            progress.went(Kind.OBJECT, "k0", 5);
            progress.went(Kind.OBJECT, "k0", 5);
            var again = new PurgeProgress(
                    records.find(purge.id()).orElseThrow(), records, Clock.systemUTC(), PurgeFixture.RUN);
            again.starts();
            again.went(Kind.OBJECT, "k0", 5);
            again.went(Kind.LINK, "k0", 0);
            assertThat(records.find(purge.id()).orElseThrow().record().went())
                    .extracting(Went::kind)
                    .containsExactly(Kind.OBJECT, Kind.LINK);
        }
    }

    @Test
    void aRunThatHasLostItsJobWritesNothing() throws Exception {
        try (var database = Database.open(DatabaseSettings.file(home.resolve("transpack.db")))) {
            var records = new PurgeRecords(database, Clock.systemUTC());
            var purge = insert(records, database, 2);
            var stale = new PurgeProgress(purge, records, Clock.systemUTC(), new Lost());
            var live = new PurgeProgress(purge, records, Clock.systemUTC(), PurgeFixture.RUN);
            live.starts();
            assertThatThrownBy(() -> stale.went(Kind.OBJECT, "k0", 5)).isInstanceOf(JobInterrupted.class);
            live.went(Kind.OBJECT, "k0", 5);
            live.went(Kind.OBJECT, "k1", 5);
            live.ends(null);
            assertThatThrownBy(stale::starts).isInstanceOf(JobInterrupted.class);
            assertThatThrownBy(stale::beginsSource).isInstanceOf(JobInterrupted.class);
            assertThatThrownBy(() -> stale.leaves(List.of("much"))).isInstanceOf(JobInterrupted.class);
            assertThatThrownBy(() -> stale.ends("It broke.")).isInstanceOf(JobInterrupted.class);
            var now = records.find(purge.id()).orElseThrow();
            assertThat(now.finished()).isNotNull();
            assertThat(now.record().failure()).isNull();
            assertThat(now.record().sourceBegun()).isNull();
            assertThat(now.record().went()).extracting(Went::what).containsExactly("k0", "k1");
        }
    }

    @Test
    void whatAPurgeOfAnOlderVersionTookIsStillKnownWhenItRunsAgain() throws Exception {
        try (var database = Database.open(DatabaseSettings.file(home.resolve("transpack.db")))) {
            var records = new PurgeRecords(database, Clock.systemUTC());
            var id = insert(records, database, 3).id();
            database.writes()
                    .sql("update purges set record = ? where id = ?")
                    .params("""
                            {"went":[{"kind":"OBJECT","what":"k0","bytes":5,"at":"2026-11-22T12:00:00Z"},
                                     {"kind":"OBJECT","what":"k1","bytes":5,"at":"2026-11-22T12:00:00Z"}],
                             "sourceBegun":null,"remains":[],"failure":null}""", id)
                    .update();
            for (var run = 0; run < 2; run++) {
                var old = records.find(id).orElseThrow();
                var progress = new PurgeProgress(old, records, Clock.systemUTC(), PurgeFixture.RUN);
                progress.starts();
                progress.went(Kind.OBJECT, "k2", 5);
                progress.ends("It broke.");
                var now = records.find(id).orElseThrow();
                assertThat(now.record().went()).extracting(Went::what).containsExactly("k0", "k1", "k2");
                assertThat(now.record().remains()).isEmpty();
                assertThat(records.of(old.plan().pack(), 1).getFirst().freed()).isEqualTo(15);
            }
        }
    }

    @Test
    @Timeout(120)
    void ofTwoPurgesThatAreAskedForAtTheSameMomentOneIsWritten() throws Exception {
        try (var database = Database.open(PostgresServer.newDatabase())) {
            var records = new PurgeRecords(database, Clock.systemUTC());
            var plan = insert(records, database, 1).plan();
            finishAll(database);
            assertThat(atOnce(
                            database,
                            () -> records.insert(plan, false, "ann").isPresent(),
                            () -> records.insert(plan, false, "bob").isPresent()))
                    .containsExactly(true, false);
        }
    }

    @Test
    @Timeout(120)
    void ofTwoFailedPurgesThatAreTriedAgainAtTheSameMomentOneBegins() throws Exception {
        try (var database = Database.open(PostgresServer.newDatabase())) {
            var records = new PurgeRecords(database, Clock.systemUTC());
            var first = insert(records, database, 1);
            finishAll(database);
            var second = records.find(records.insert(first.plan(), false, "ann").orElseThrow())
                    .orElseThrow();
            finishAll(database);
            assertThat(atOnce(
                            database,
                            () -> records.begin(first, PurgeRecord.EMPTY),
                            () -> records.begin(second, PurgeRecord.EMPTY)))
                    .containsExactly(true, false);
        }
    }

    /// The second comes before the first has committed, and is given the time to end or to wait for it.
    private static List<Boolean> atOnce(Database database, Supplier<Boolean> first, Supplier<Boolean> second)
            throws Exception {
        var later = new CompletableFuture<Boolean>();
        var done = database.inTransaction(() -> {
            var answer = first.get();
            later.completeAsync(second);
            waitsOrIsDone(database, later);
            return answer;
        });
        return List.of(done, later.get(30, TimeUnit.SECONDS));
    }

    private static void waitsOrIsDone(Database database, CompletableFuture<Boolean> later) {
        try {
            Eventually.until("the other is done or waits", () -> later.isDone() || waits(database));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean waits(Database database) {
        return database.reads()
                        .sql("select count(*) from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static void finishAll(Database database) {
        database.writes().sql("update purges set finished_at = 1").update();
    }

    /// A run whose job another has taken.
    private static final class Lost implements JobRun {
        @Override
        public void progress(long doneBytes, long totalBytes) throws JobInterrupted {
            check();
        }

        @Override
        public void check() throws JobInterrupted {
            throw new JobInterrupted(JobInterrupted.Cause.LOST);
        }
    }

    @Test
    void whatGoesIsWrittenOnceHoweverMuchItIs() throws Exception {
        try (var database = Database.open(DatabaseSettings.file(home.resolve("transpack.db")))) {
            var records = new PurgeRecords(database, Clock.systemUTC());
            var purge = insert(records, database, OBJECTS);
            var progress = new PurgeProgress(purge, records, Clock.systemUTC(), PurgeFixture.RUN);
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
        return records.find(records.insert(plan, false, "ann").orElseThrow()).orElseThrow();
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
