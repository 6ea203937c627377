package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Moment;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.SmallDisk;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stops a pack that is being sent: what its owner reads then, and that it goes on when that is mended.
@Timeout(120)
class SendStopsTest {
    private static final int PARTS = 6;

    @TempDir
    Path home;

    private SendFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    /// What happens when a part is on its way.
    @FunctionalInterface
    private interface Accident {
        void happens() throws IOException;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | ExpiredToken         | the temporary credentials have expired: renew them.
            403 | RequestTimeTooSkewed | this machine's clock and that of the service differ too much: set the clock.
            403 | InvalidAccessKeyId   | mend destinations.test.access-key and destinations.test.secret-key.
            """)
    void keysThatEndAndAWrongClockAreToldAndMendedItGoesOn(int status, String code, String said) throws Exception {
        fixture = new SendFixture(home);
        var pack = fixture.pack();
        fixture.relay.on(part(3), 1, S3Fault.error(status, code));
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            until(pack, PackState.FAILED);
            assertThat(now(pack).error()).startsWith("Cannot send part 3 of ").endsWith(said);
            again(pack, job, node);
        }
        assertSentOnce();
    }

    @Test
    void aBucketThatIsGoneIsToldAndFilledAnewWhenItIsThereAgain() throws Exception {
        fixture = new SendFixture(home);
        var pack = fixture.pack();
        var bucket = fixture.server.directory().resolve(fixture.bucket);
        fixture.relay.on(message -> message.path().endsWith("manifest.json"), 1, (message, connection) -> {
            Files.move(bucket, home.resolve("was"));
            return S3Fault.error(404, "NoSuchBucket").apply(message, connection);
        });
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            until(pack, PackState.FAILED);
            assertThat(now(pack).error())
                    .endsWith("there is no bucket " + fixture.bucket + " at " + fixture.relay.endpoint()
                            + ": create it or mend destinations.test.bucket.");
            assertThat(fixture.volumes.parts(pack.id()).volumesDone()).isEqualTo(2);
            Files.createDirectory(bucket);
            again(pack, job, node);
        }
        assertThat(fixture.server.filesIn(fixture.bucket))
                .hasSize(3)
                .allMatch(file -> file.endsWith(".rar") || file.endsWith("manifest.json"));
    }

    /// As Transmission does when somebody moves a torrent's data.
    @Test
    void dataThatIsMovedAwayFailsThePackByNameAndItGoesOnWhenItIsBack() throws Exception {
        fixture = new SendFixture(home);
        var pack = fixture.pack();
        var elsewhere = home.resolve("elsewhere");
        whileSending(() -> Files.move(fixture.film, elsewhere));
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            until(pack, PackState.FAILED);
            assertThat(now(pack).error()).isEqualTo("'Film/film.mkv' cannot be read: it is not there");
            Files.move(elsewhere, fixture.film);
            again(pack, job, node);
        }
        assertSentOnce();
    }

    /// As Transmission does when somebody removes a torrent with its data.
    @Test
    void dataThatIsRemovedFailsThePackByNameAndIsTakenBackWhenItIsCancelled() throws Exception {
        fixture = new SendFixture(home);
        var pack = fixture.pack();
        whileSending(() -> Files.delete(fixture.film.resolve("film.mkv")));
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            until(pack, PackState.FAILED);
            assertThat(now(pack).error()).isEqualTo("'Film/film.mkv' cannot be read: it is not there");
            node.jobs.cancel(job);
            until(pack, PackState.CANCELLED);
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
    }

    @Test
    void aFileThatShrinksFailsThePackByName() throws Exception {
        fixture = new SendFixture(home);
        var pack = fixture.pack();
        whileSending(() -> {
            try (var file =
                    new RandomAccessFile(fixture.film.resolve("film.mkv").toFile(), "rw")) {
                file.setLength(18 << 20);
            }
        });
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            until(pack, PackState.FAILED);
        }
        assertThat(now(pack).error()).startsWith("'Film/film.mkv' is no longer what was packed: ");
        assertThat(fixture.packs.manifestKey(pack.id())).isEmpty();
    }

    @Test
    void aDatabaseThatIsLockedHoldsThePackUpAndNothingIsLost() throws Exception {
        fixture = new SendFixture(home);
        var pack = fixture.pack();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("t.db"));
                var lock = other.createStatement()) {
            fixture.database.batch().execute("pragma busy_timeout = 50");
            whileSending(() -> lock("begin immediate", lock));
            fixture.enqueue(pack);
            try (var _ = fixture.node("node")) {
                Eventually.until("the run has ended", () -> !isRunning("upload-" + pack.id()) && isBegun());
                lock.execute("rollback");
                until(pack, PackState.READY);
            }
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(3);
    }

    @Test
    void aFullDiskOfTheDatabaseHoldsThePackUpAndNothingIsLost() throws Exception {
        var disk = SmallDisk.mount(home, "2m");
        assumeTrue(disk.isPresent(), "only root may mount a disk");
        try (var small = disk.get()) {
            fixture = new SendFixture(home, small.folder());
            var pack = fixture.pack();
            var filling = small.folder().resolve("filling");
            whileSending(() -> fill(filling));
            fixture.enqueue(pack);
            try (var _ = fixture.node("node")) {
                Eventually.until("the run has ended", () -> !isRunning("upload-" + pack.id()) && isBegun());
                Files.delete(filling);
                until(pack, PackState.READY);
            }
            assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(3);
            fixture.database.close();
        }
    }

    /// As after a power cut on a disk that had not kept what it was told to keep.
    @Test
    void aDatabaseThatLostItsLastCommitsSendsAgainAndNothingIsLeftOver() throws Exception {
        fixture = new SendFixture(home);
        var pack = fixture.pack();
        var moments = new ArrayList<Moment>();
        whileSending(() -> moments.add(Moment.of(fixture.database, home.resolve("moment"))));
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            until(pack, PackState.READY);
        }
        moments.getFirst().goBack();
        assertThat(now(pack).state()).isEqualTo(PackState.SENDING);
        assertThat(fixture.partRows(pack)).isEqualTo(2);
        try (var _ = fixture.node("another")) {
            until(pack, PackState.READY);
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(3);
        var store = S3Fixture.store(fixture.relay.endpoint(), fixture.bucket);
        try (store) {
            for (var volume : fixture.volumes.list(pack.id()))
                assertThat(store.find(ObjectKey.of("", pack.id(), volume.name()))
                                .orElseThrow()
                                .size())
                        .isEqualTo(volume.size());
        }
    }

    private static void lock(String how, Statement statement) throws IOException {
        try {
            statement.execute(how);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) out.write(new byte[4096]);
        } catch (IOException e) {
            if (!FolderException.isFull(e)) throw e;
        }
    }

    /// When the third part is on its way, which arrives all the same.
    private void whileSending(Accident accident) {
        fixture.relay.on(part(3), 1, (message, connection) -> {
            accident.happens();
            return S3Fault.none().apply(message, connection);
        });
    }

    private boolean isBegun() {
        return fixture.relay.seen(Kind.PART).stream().anyMatch(part(3));
    }

    private void again(Pack pack, String job, SendFixture.Node node) throws Exception {
        fixture.packs.queued(pack.id());
        assertThat(node.jobs.retry(job)).isTrue();
        until(pack, PackState.READY);
    }

    private void assertSentOnce() {
        assertThat(fixture.relay.partsAccepted().stream().filter(part -> part.contains("Film")))
                .hasSize(PARTS)
                .doesNotHaveDuplicates();
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(3);
    }

    private static Predicate<S3Message> part(int number) {
        return message -> message.kind() == Kind.PART
                && message.number() == number
                && message.path().contains("Film");
    }

    private Pack now(Pack pack) {
        return fixture.packs.get(pack.id());
    }

    private void until(Pack pack, PackState state) throws Exception {
        Eventually.until("the pack is " + state, () -> {
            var now = now(pack);
            if (now.state() == PackState.FAILED && state == PackState.READY)
                throw new AssertionError("the pack failed: " + now.error());
            return now.state() == state;
        });
    }

    private static boolean isRunning(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(thread));
    }
}
