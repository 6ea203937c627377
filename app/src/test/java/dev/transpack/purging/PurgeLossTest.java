package dev.transpack.purging;

import static dev.transpack.purging.PurgeFrom.BUCKET;
import static dev.transpack.purging.PurgeFrom.DISK;
import static dev.transpack.purging.PurgeFrom.TORRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.Moment;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.packing.PackState;
import dev.transpack.purging.PurgeRefusal.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A purge when rows, the daemon or the data are not there any more: nothing goes that is not elsewhere.
@Timeout(180)
class PurgeLossTest {
    @TempDir
    Path home;

    private PurgeFixture purging;

    @BeforeEach
    void start() throws Exception {
        purging = new PurgeFixture(home);
    }

    @AfterEach
    void stop() {
        purging.close();
    }

    /// The database may lose its power the moment after: what led to the deletion is committed, and synced with that.
    @Test
    void beforeTheFirstObjectGoesEverythingIsWrittenDown() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.link(id);
        var purge = purging.accepted(id, null, BUCKET);
        var seen = new ArrayList<String>();
        purging.relay.on(Kind.DELETE, 1, (message, connection) -> {
            seen.addAll(committed("select state from packs"));
            seen.addAll(committed("select count(*) from links where revoked_at is null"));
            seen.addAll(committed("select id from purges where finished_at is null"));
            return S3Fault.none().apply(message, connection);
        });
        purging.run(purge);
        assertThat(seen).containsExactly("PURGED", "0", purge);
    }

    @Test
    void aBucketPurgeThatTheDatabaseLostIsNoCopyAnyMore() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var moment = Moment.of(purging.sent.database(), home.resolve("moment"));
        purging.purge(id, BUCKET);
        moment.goBack();

        assertThat(purging.pack(id).state()).isEqualTo(PackState.READY);
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.COPY_NOT_WHOLE);
        assertThat(film.resolve("film.mkv")).exists();

        purging.purge(id, BUCKET);
        assertThat(purging.pack(id).times().bucketPurged()).isNotNull();
    }

    @Test
    void aSourcePurgeThatTheDatabaseLostKeepsTheBucket() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var before = purging.objects(id);
        var moment = Moment.of(purging.sent.database(), home.resolve("moment"));
        purging.purge(id, DISK);
        moment.goBack();

        assertThat(purging.reasons(id, BUCKET)).contains(Reason.SOURCE_NOT_INTACT);
        assertThat(purging.objects(id)).isEqualTo(before);
    }

    @Test
    void aPurgeThatLostWhatItNotedGoesOnAndWritesItDownAgain() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.link(id);
        var purge = purging.accepted(id, null, BUCKET);
        var moment = Moment.of(purging.sent.database(), home.resolve("moment"));
        purging.run(purge);
        moment.goBack();

        purging.run(purge);

        var record = purging.records.find(purge).orElseThrow().record();
        assertThat(record.failure()).isNull();
        assertThat(record.went()).hasSize(5);
        assertThat(purging.pack(id).state()).isEqualTo(PackState.PURGED);
    }

    @Test
    void aDaemonThatIsAwayHoldsThePurgeUp() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        purging.daemon.seed("Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK, TORRENT);
        purging.daemon.kill();

        assertThatThrownBy(() -> purging.run(purge))
                .hasMessageContaining("start transmission-daemon")
                .satisfies(failure -> assertThat(PurgePack.RETRY.after((Exception) failure, 1))
                        .isPresent());
        assertThat(film.resolve("film.mkv")).exists();
    }

    @Test
    void aDaemonThatWasRestartedSinceThePlanIsNoReasonToStop() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var hash = purging.daemon.seed("Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK, TORRENT);
        purging.daemon.restart();
        purging.daemon.awaitDone(hash);

        purging.run(purge);

        assertThat(film).doesNotExist();
        assertThat(purging.hasTorrent(hash)).isFalse();
    }

    @Test
    void dataThatIsMovedAfterThePlanStopsThePurgeByName() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK);
        var elsewhere = home.resolve("elsewhere");
        Files.move(film, elsewhere);

        assertThatThrownBy(() -> purging.run(purge))
                .isInstanceOf(PurgeException.class)
                .hasMessageStartingWith("Stopped, because things have changed since the plan was made. ");
        assertThat(elsewhere.resolve("film.mkv")).exists();

        Files.move(elsewhere, film);
        purging.run(purge);
        assertThat(film).doesNotExist();
    }

    @Test
    void aTorrentThatSomebodyRemovedMeanwhileIsNotMissed() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var hash = purging.daemon.seed("Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK, TORRENT);
        purging.daemon.client().remove(hash);

        purging.run(purge);

        assertThat(film).doesNotExist();
        assertThat(purging.records.find(purge).orElseThrow().record().failure()).isNull();
    }

    @Test
    void aTorrentThatIsMovedAfterThePlanStopsThePurge() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var hash = purging.daemon.seed("Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK, TORRENT);
        var elsewhere = Files.createDirectories(purging.folder().resolve("elsewhere"));
        var rpc = purging.daemon.connection();
        Commands.succeed(
                "transmission-remote",
                rpc.url().toString().replaceFirst("/rpc$", ""),
                "--auth",
                rpc.username() + ":" + rpc.password().reveal(),
                "--torrent",
                hash.value(),
                "--move",
                elsewhere.toString());
        Eventually.until("it is moved", () -> Files.exists(elsewhere.resolve("Sintel/film.mkv")));

        assertThatThrownBy(() -> purging.run(purge))
                .hasMessageStartingWith("Stopped, because things have changed since the plan was made. ");
        assertThat(elsewhere.resolve("Sintel/film.mkv")).exists();
        assertThat(purging.hasTorrent(hash)).isTrue();
    }

    @Test
    void aTorrentThatSomebodyRemovedWithItsDataStopsThePurge() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var hash = purging.daemon.seed("Sintel");
        var id = purging.send("Sintel");
        var before = purging.objects(id);
        var purge = purging.accepted(id, null, DISK, TORRENT);
        purging.daemon.client().removeWithData(hash, () -> !Files.exists(film.resolve("film.mkv")));

        assertThatThrownBy(() -> purging.run(purge))
                .hasMessageStartingWith("Stopped, because things have changed since the plan was made. ")
                .hasMessageContaining("is not there any more");
        assertThat(purging.objects(id)).isEqualTo(before);
    }

    @Test
    void aDatabaseThatIsLockedHoldsThePurgeUp() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, BUCKET);
        purging.sent.database().batch().execute("pragma busy_timeout = 50");
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file());
                var lock = other.createStatement()) {
            lock.execute("begin immediate");
            assertThatThrownBy(() -> purging.run(purge))
                    .satisfies(failure -> assertThat(PurgePack.RETRY.after((Exception) failure, 1))
                            .isPresent());
            assertThat(purging.objects(id)).isNotEmpty();
            lock.execute("rollback");
        }
        purging.run(purge);
        assertThat(purging.objects(id)).isEmpty();
    }

    private List<String> committed(String question) {
        var found = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            while (rows.next()) found.add(rows.getString(1));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return found;
    }

    private Path file() {
        return home.resolve("data/transpack.db");
    }
}
