package dev.transpack.space;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.transpack.command.AppSettings;
import dev.transpack.command.Server;
import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.SetClock;
import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.PackId;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What happens by itself: little room is logged once, and abandoned uploads are looked for daily, by one node.
@Timeout(120)
class SpaceWatchTest {
    @TempDir
    Path folder;

    @Test
    void littleRoomIsLoggedOnceWhileItLasts() {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        try (var server = start(Server.Role.WEB, Map.of("space.disk-low", "1000000g"))) {
            var log = (Logger) LoggerFactory.getLogger(SpaceWatch.class);
            log.addAppender(logged);
            try (var watch = new SpaceWatch(server.part(Space.class), () -> {})) {
                watch.look();
                watch.look();
            } finally {
                log.detachAppender(logged);
            }
        }
        assertThat(logged.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("Only ", "space.disk-low"));
    }

    @Test
    void aDatabaseThatTakesNoWritesIsSaidOnceWithoutATrace() {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        try (var server = start(Server.Role.WEB, Map.of())) {
            var database = server.part(Database.class);
            var chores = new Chores(database, new SetClock());
            database.batch().execute("pragma query_only = on");
            var log = (Logger) LoggerFactory.getLogger(SpaceWatch.class);
            log.addAppender(logged);
            try (var watch = new SpaceWatch(
                    server.part(Space.class), () -> chores.ifDue("look", Duration.ofDays(1), () -> {}))) {
                watch.quietly();
                watch.quietly();
            } finally {
                log.detachAppender(logged);
                database.batch().execute("pragma query_only = off");
            }
        }
        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).contains("until the database takes writes again");
            assertThat(event.getKeyValuePairs().toString()).contains("is read-only: make the file");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }

    @Test
    void theJobAbortsWhatIsOldEnough() throws Exception {
        var s3 = S3Server.shared();
        var settings = new HashMap<String, String>();
        try (var relay = S3Relay.before(s3)) {
            settings.put("destinations.far.bucket", s3.newBucket());
            settings.put("destinations.far.endpoint", relay.endpoint().toString());
            settings.put("destinations.far.access-key", S3Server.ACCESS_KEY);
            settings.put("destinations.far.secret-key", S3Server.SECRET_KEY);
            relay.on(Kind.LIST_UPLOADS, 9, S3Fault.answer(200, """
                    <ListMultipartUploadsResult><IsTruncated>false</IsTruncated><Upload><Key>%s/a.rar</Key>
                    <UploadId>old</UploadId><Initiated>2020-01-01T00:00:00.000Z</Initiated></Upload>
                    <Upload><Key>%s//a.rar</Key><UploadId>odd</UploadId><Initiated>2020-01-01T00:00:00.000Z</Initiated></Upload>
                    <Upload><Key>%s/../a.rar</Key><UploadId>odder</UploadId><Initiated>2020-01-01T00:00:00.000Z</Initiated></Upload>
                    </ListMultipartUploadsResult>""".formatted(
                            PackId.random(), PackId.random(), PackId.random())));
            relay.on(Kind.LIST_PARTS, 9, S3Fault.staleList());
            try (var server = start(Server.Role.WORKER, settings)) {
                var jobs = server.part(Jobs.class);
                var job = jobs.enqueue(AbortAbandoned.KIND, "far", new AbortAbandoned.Payload("far"));
                Eventually.until(
                        "it is done", () -> jobs.find(job).orElseThrow().state() == JobState.DONE);
            }
            assertThat(relay.seen(Kind.ABORT)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChoreIsDoneOnceADayByWhoeverComesFirst(boolean postgres) {
        var settings = postgres ? PostgresServer.newDatabase() : DatabaseSettings.file(folder.resolve("t.db"));
        var clock = new SetClock();
        var done = new AtomicInteger();
        try (var database = Database.open(settings)) {
            var nodes = List.of(new Chores(database, clock), new Chores(database, clock));
            Runnable everybody =
                    () -> nodes.forEach(node -> node.ifDue("look", Duration.ofDays(1), done::incrementAndGet));
            everybody.run();
            assertThat(done).as("a new one waits for its first day").hasValue(0);
            clock.advance(Duration.ofHours(23));
            everybody.run();
            assertThat(done).hasValue(0);
            clock.advance(Duration.ofHours(1));
            everybody.run();
            everybody.run();
            assertThat(done).hasValue(1);
            clock.advance(Duration.ofDays(3));
            everybody.run();
            assertThat(done).as("what was missed is not made up for").hasValue(2);
        }
    }

    private Server start(Server.Role role, Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "data-dir",
                folder.resolve("data").toString(),
                "server.port",
                "0",
                "transmission.url",
                "none",
                "downloads.dir",
                folder.toString()));
        settings.putAll(more);
        return Server.start(AppSettings.read(SettingsSource.of(settings)), role);
    }
}
