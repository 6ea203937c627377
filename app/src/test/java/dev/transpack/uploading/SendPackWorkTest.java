package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobState;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PackState;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The job that sends a pack: what it leaves behind when it ends, however it ends.
@Timeout(120)
class SendPackWorkTest {
    private static final int PARTS = 6;

    @TempDir
    Path home;

    private SendFixture fixture;

    @BeforeEach
    void open() {
        fixture = new SendFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPackIsSealed() throws Exception {
        var pack = fixture.pack();
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            until(pack, PackState.READY);
        }
        assertThat(fixture.packs.manifestKey(pack.id())).isPresent();
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(3);
        assertThat(fixture.partRows(pack)).isZero();
        assertThat(fixture.volumes.parts(pack.id())).isEqualTo(new PackVolumes.Parts(PARTS, PARTS, 2, List.of()));
    }

    @Test
    void recoveryDataIsAmongTheVolumesAndCountsAsTheyDo() throws Exception {
        var pack = fixture.pack(row -> row.recovery(10));
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            until(pack, PackState.READY);
        }
        var stored = fixture.volumes.list(pack.id());
        assertThat(stored).extracting(PackVolumes.Sent::name).contains("Film.part1.rar", "Film.part1.rar.par2");
        assertThat(stored).hasSize(6).allMatch(volume -> volume.completed() != null);
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(7);
        assertThat(now(pack).contents().totalBytes())
                .isEqualTo(stored.stream().mapToLong(PackVolumes.Sent::size).sum());
    }

    @Test
    void recoveryDataThatNoMemoryHoldsFailsThePackWithTheRemedy() throws Exception {
        try (var file = new RandomAccessFile(fixture.film.resolve("long.mkv").toFile(), "rw")) {
            file.setLength(600L << 20);
        }
        var pack = fixture.pack(row -> row.form(new PackForm(PackFormat.TAR, null, 0, 100)));
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            until(pack, PackState.FAILED);
        }
        assertThat(now(pack).error()).contains("choose a smaller volume size");
    }

    @Test
    void aPackThatDoesNotFitIntoTheQuotaFailsBeforeAnythingIsSentAndGoesOnceThereIsRoom() throws Exception {
        fixture.quota = "30m";
        var first = fixture.pack();
        var second = fixture.pack();
        fixture.enqueue(first);
        String job;
        try (var _ = fixture.node("node")) {
            until(first, PackState.READY);
            job = fixture.enqueue(second);
            until(second, PackState.FAILED);
        }
        assertThat(now(second).error())
                .contains("takes 22.0 MiB", "the quota of 30.0 MiB", "destinations.test.quota, then retry");
        assertThat(fixture.volumes.list(second.id())).isEmpty();
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(3);
        var used = new BucketUse(fixture.database).of("test");
        assertThat(used).isEqualTo(new BucketUse.Used(now(first).contents().totalBytes(), 0));

        fixture.quota = "45m";
        try (var node = fixture.node("node")) {
            again(second, job, node);
            until(second, PackState.READY);
        }
        assertThat(new BucketUse(fixture.database).of("test").total()).isEqualTo(2 * used.total());
    }

    /// What is known of a destination counts for the settings it was seen with.
    @Test
    void aDestinationIsLookedAtOnceAndAgainWhenItsSettingsChange() throws Exception {
        try (var destinations = fixture.destinations(fixture.relay.endpoint(), fixture.bucket)) {
            destinations.destination(fixture.pack());
            var asked = fixture.relay.seen(Kind.PUT).size();
            assertThat(destinations.destination(fixture.pack()).facts().provesParts())
                    .isTrue();
            assertThat(fixture.relay.seen(Kind.PUT)).hasSize(asked).isNotEmpty();
        }
        var elsewhere = fixture.server.newBucket();
        try (var destinations = fixture.destinations(fixture.relay.endpoint(), elsewhere)) {
            var asked = fixture.relay.seen(Kind.PUT).size();
            destinations.destination(fixture.pack());
            assertThat(fixture.relay.seen(Kind.PUT)).hasSizeGreaterThan(asked);
        }
    }

    @Test
    void aSourceThatChangedSinceItWasPlannedFailsThePackByName() throws Exception {
        var pack = fixture.pack();
        fixture.planning.remember(pack, RecoveryPlan.none(fixture.planning.plan(pack)));
        Files.writeString(fixture.film.resolve("subs/en.srt"), "other words");
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            until(pack, PackState.FAILED);
        }
        assertThat(now(pack).error()).contains("'Film/subs/en.srt' is no longer what it was");
        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
    }

    @Test
    void aDestinationThatRefusesFailsThePackAndARetryGoesOn() throws Exception {
        var pack = fixture.pack();
        fixture.relay.on(part(3), 1, S3Fault.error(403, "AccessDenied"));
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            until(pack, PackState.FAILED);
            assertThat(now(pack).error()).contains("the service forbids it");
            assertThat(fixture.relay.seen(Kind.ABORT)).isEmpty();
            assertThat(fixture.partRows(pack)).isEqualTo(2);
            var parts = fixture.volumes.parts(pack.id());
            assertThat(parts.done()).isEqualTo(2);
            assertThat(parts.total()).isEqualTo(PARTS);
            assertThat(parts.volumesDone()).isZero();

            again(pack, job, node);
            until(pack, PackState.READY);
        }
        assertThat(sent()).hasSize(PARTS).doesNotHaveDuplicates();
    }

    @Test
    void aPackStaysInItsBucketWhenTheSettingsNameAnother() throws Exception {
        var pack = fixture.pack();
        fixture.relay.on(part(3), 1, S3Fault.error(403, "AccessDenied"));
        var job = fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            until(pack, PackState.FAILED);
        }
        var other = fixture.server.newBucket();
        try (var node = fixture.node("node", other)) {
            again(pack, job, node);
            until(pack, PackState.FAILED);
            assertThat(now(pack).error())
                    .isEqualTo("'Film' lies elsewhere: destinations.test.bucket is '" + other + "' now and was '"
                            + fixture.bucket + "' when it was sent; put that back, and give the other place a"
                            + " destination of its own.");
            assertThatThrownBy(() -> node.destinations.store(pack)).isInstanceOf(StoreException.class);
        }
        assertThat(fixture.server.filesIn(other)).isEmpty();
        try (var moved = fixture.destinations(fixture.server.endpoint(), fixture.bucket)) {
            assertThatThrownBy(() -> moved.store(pack))
                    .hasMessageContaining("destinations.test.endpoint is '127.0.0.1:");
        }
        try (var node = fixture.node("node")) {
            again(pack, job, node);
            until(pack, PackState.READY);
        }
    }

    @Test
    void aCancelledPackMayGoToAnotherBucket() throws Exception {
        var pack = fixture.pack();
        fixture.relay.on(part(3), 1, S3Fault.error(403, "AccessDenied"));
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            until(pack, PackState.FAILED);
            node.jobs.cancel(job);
            until(pack, PackState.CANCELLED);
        }
        var other = fixture.server.newBucket();
        try (var node = fixture.node("node", other)) {
            again(pack, job, node);
            until(pack, PackState.READY);
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
        assertThat(fixture.server.filesIn(other)).hasSize(3);
    }

    @Test
    void aPackThatIsCancelledHalfWayIsTakenBack() throws Exception {
        var pack = fixture.pack();
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        fixture.relay.on(part(3), 1, S3Fault.hold(arrived, release));
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            arrived.acquire();
            assertThat(node.jobs.cancel(job)).isTrue();
            release.countDown();
            until(pack, PackState.CANCELLED);
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
        assertThat(fixture.partRows(pack)).isZero();
        assertThat(fixture.volumes.list(pack.id())).isEmpty();
    }

    @Test
    void aPackThatRestsKeepsWhatWasSentAndGoesOn() throws Exception {
        var pack = fixture.pack();
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        fixture.relay.on(part(3), 1, S3Fault.hold(arrived, release));
        var job = fixture.enqueue(pack);
        try (var node = fixture.node("node")) {
            arrived.acquire();
            assertThat(node.jobs.pause(job)).isTrue();
            Eventually.until(
                    "it rests", () -> node.jobs.find(job).map(Job::state).orElseThrow() == JobState.PAUSED);
            release.countDown();
            assertThat(now(pack).state()).isEqualTo(PackState.SENDING);
            assertThat(fixture.partRows(pack)).isPositive();
            assertThat(fixture.relay.seen(Kind.ABORT)).isEmpty();
            assertThat(node.jobs.resume(job)).isTrue();
            until(pack, PackState.READY);
        }
        assertThat(sent().stream().distinct()).hasSize(PARTS);
    }

    @Test
    void aPackWhoseProgramWasStoppedGoesOnAfterTheNextStart() throws Exception {
        var pack = fixture.pack();
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        fixture.relay.on(part(3), 1, S3Fault.hold(arrived, release));
        fixture.enqueue(pack);
        try (var _ = fixture.node("node")) {
            arrived.acquire();
        }
        release.countDown();
        assertThat(now(pack).state()).isEqualTo(PackState.SENDING);
        assertThat(fixture.relay.seen(Kind.ABORT)).isEmpty();
        try (var _ = fixture.node("node")) {
            until(pack, PackState.READY);
        }
        assertThat(sent().stream().distinct()).hasSize(PARTS);
    }

    /// As after SIGSTOP: another process has taken the job for dead, and the frozen one wakes up.
    @Test
    void aRunThatLostItsPackWritesAndRemovesNothingMore() throws Exception {
        var pack = fixture.pack();
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        fixture.relay.on(part(3), 1, S3Fault.hold(arrived, release));
        var job = fixture.enqueue(pack);
        try (var frozen = fixture.node("frozen")) {
            arrived.acquire();
            var deleted = fixture.relay.seen(Kind.DELETE).size();
            fixture.database
                    .writes()
                    .sql("update jobs set fence = fence + 1, node = 'other' where id = ?")
                    .param(job)
                    .update();
            release.countDown();
            Eventually.until("the late run has ended", () -> !isRunning("upload-" + pack.id()));

            assertThat(fixture.partRows(pack)).isEqualTo(2);
            assertThat(now(pack).state()).isEqualTo(PackState.SENDING);
            assertThat(frozen.jobs.find(job).map(Job::state)).contains(JobState.RUNNING);
            assertThat(fixture.relay.seen(Kind.ABORT)).isEmpty();
            assertThat(fixture.relay.seen(Kind.DELETE)).hasSize(deleted);
        }
        try (var _ = fixture.node("other")) {
            until(pack, PackState.READY);
        }
    }

    private void again(Pack pack, String job, SendFixture.Node node) {
        fixture.packs.queued(pack.id());
        assertThat(node.jobs.retry(job)).isTrue();
    }

    /// The parts of volumes that arrived.
    private List<String> sent() {
        return fixture.relay.partsAccepted().stream()
                .filter(part -> part.contains("Film"))
                .toList();
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
