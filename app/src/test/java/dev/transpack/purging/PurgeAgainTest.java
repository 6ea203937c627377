package dev.transpack.purging;

import static dev.transpack.purging.PurgeFrom.BUCKET;
import static dev.transpack.purging.PurgeFrom.DISK;
import static dev.transpack.purging.PurgeFrom.TORRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.jobs.JobSettings;
import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Worker;
import dev.transpack.nodes.Here;
import dev.transpack.nodes.Sight;
import dev.transpack.purging.PurgeRefusal.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Purging once more: after a purge of a part, after a failure, after a cancel.
@Timeout(180)
class PurgeAgainTest {
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

    @Test
    void aSourceThatWasPurgedIsLeftOutAndTheRestCanGo() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        purging.daemon.seed("Sintel");
        var id = purging.send("Sintel");
        purging.purge(id, DISK, TORRENT);
        purging.markHome(id);
        var plan = purging.plan(id, BUCKET, DISK, TORRENT);
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.from()).containsExactly(BUCKET);
        assertThat(plan.steps().source()).isNull();
        assertThat(plan.gone()).singleElement().asString().startsWith("The source was purged on ");
        purging.purge(id, BUCKET, DISK, TORRENT);
        assertThat(purging.objects(id)).isEmpty();
    }

    @Test
    void aBucketThatWasPurgedIsLeftOutAndTheRestCanGo() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.markHome(id);
        purging.purge(id, BUCKET);
        var plan = purging.plan(id, BUCKET, DISK, TORRENT);
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.from()).containsExactlyInAnyOrder(DISK, TORRENT);
        assertThat(plan.gone()).singleElement().asString().startsWith("The bucket was purged on ");
        purging.purge(id, BUCKET, DISK, TORRENT);
        assertThat(film).doesNotExist();
    }

    @Test
    void askedForNothingButWhatIsGoneARefusalNamesTheWayOn() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        Folders.film(purging.folder(), "Cosmos");
        var sintel = purging.send("Sintel");
        var cosmos = purging.send("Cosmos");
        purging.purge(sintel, DISK);
        purging.purge(cosmos, BUCKET);
        assertThat(purging.plan(sintel, DISK, TORRENT).refusals())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.NOTHING_LEFT);
                    assertThat(refusal.sentence()).contains("The source was purged on ");
                    assertThat(refusal.remedy()).contains("--from bucket");
                });
        assertThat(purging.plan(sintel, DISK).overridable()).isFalse();
        assertThat(purging.plan(cosmos, BUCKET).refusals().getFirst().remedy()).contains("--from disk,torrent");
        purging.markHome(sintel);
        purging.purge(sintel, BUCKET);
        assertThat(purging.plan(sintel, BUCKET, DISK).refusals().getFirst().remedy())
                .contains("Nothing of it is left");
    }

    @Test
    void theOnlyCopyLeftOnTheDiskIsNotGivenUpUnasked() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.purge(id, BUCKET);
        assertThat(purging.plan(id, BUCKET, DISK).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.COPY_NOT_PROVEN);
            assertThat(refusal.sentence()).startsWith("The bucket was purged on ");
        });
    }

    @Test
    void whatStayedOfAPurgedSourceDoesNotKeepTheBucket() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.writeString(film.resolve("stranger"), "came later");
        purging.run(purging.accepted(id, "Sintel", DISK));
        purging.markHome(id);
        assertThat(purging.reasons(id, BUCKET, DISK, TORRENT)).isEmpty();
    }

    @Test
    void whatCouldNotBeRemovedFailsAnOverriddenPurgeWhichCanBeRepeated() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.writeString(film.resolve("stranger"), "came later");
        var purge = purging.accepted(id, "Sintel", DISK);
        var moved = home.resolve("moved");
        assertThatThrownBy(() -> purging.work.run(new PurgePack.Payload(purge), new Moving(moved)))
                .isInstanceOf(PurgeException.class)
                .hasMessageContaining("a link leads there now");
        purging.work.gaveUp(new PurgePack.Payload(purge), "It could not be removed.");
        var failed = purging.records.find(purge).orElseThrow();
        assertThat(failed.finished()).isNotNull();
        assertThat(failed.record().failure()).isEqualTo("It could not be removed.");
        assertThat(failed.record().remains()).anyMatch(line -> line.contains("a link leads there now"));
        assertThat(purging.pack(id).times().sourcePurged()).isNull();

        Files.delete(purging.folder());
        Files.move(moved, purging.folder());
        purging.run(purge);
        var done = purging.records.find(purge).orElseThrow().record();
        assertThat(done.failure()).isNull();
        assertThat(done.remains()).containsExactly("'Sintel/stranger' (it is not in the pack)");
        assertThat(PurgeFixture.tree(film)).containsExactly("", "stranger");
    }

    @Test
    void anotherPlanCanFinishWhatAFailedPurgeBegan() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var failed = purging.accepted(id, null, DISK);
        new PurgeProgress(
                        purging.records.find(failed).orElseThrow(),
                        purging.records,
                        purging.sent.clock(),
                        PurgeFixture.RUN)
                .beginsSource();
        Files.delete(film.resolve("film.mkv"));
        purging.work.gaveUp(new PurgePack.Payload(failed), "It broke.");
        assertThat(purging.reasons(id, DISK)).isEmpty();
        purging.purge(id, DISK);
        assertThat(film).doesNotExist();
    }

    @Test
    void aPurgeThatFailedIsNotTriedAgainBesideAnother() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var first = purging.accepted(id, null, BUCKET);
        purging.work.gaveUp(new PurgePack.Payload(first), "It broke.");
        var second = purging.accepted(id, null, BUCKET);
        assertThatThrownBy(() -> purging.run(first)).hasMessage("Another purge of this pack is under way.");
        assertThat(purging.records.find(first).orElseThrow().finished()).isNotNull();
        purging.run(second);
        assertThat(purging.objects(id)).isEmpty();
    }

    @Test
    void aFailedPurgeIsTriedAgainWhenSomebodySaysSo() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        assertThat(purging.purges.retry(id)).isFalse();
        var purge = purging.accepted(id, null, DISK);
        var stranger = Files.writeString(film.resolve("stranger"), "came later");
        try (var worker = worker()) {
            worker.start();
            untilJob(purge, JobState.FAILED);
            assertThat(purging.records.find(purge).orElseThrow().record().failure())
                    .contains("Sintel/stranger");
            Files.delete(stranger);
            assertThat(purging.purges.retry(id)).isTrue();
            untilJob(purge, JobState.DONE);
        }
        assertThat(film).doesNotExist();
        assertThat(purging.records.find(purge).orElseThrow().record().failure()).isNull();
        assertThat(purging.purges.retry(id)).isFalse();
    }

    @Test
    void aWaitingPurgeIsCancelledAndGoesOnWhenItIsTriedAgain() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, BUCKET);
        purging.relay.on(S3Message.Kind.LIST_UPLOADS, 500, S3Fault.error(503, "SlowDown"));
        try (var worker = worker()) {
            worker.start();
            untilJob(purge, JobState.WAITING);
            assertThat(purging.purges.cancel(id)).isTrue();
            untilJob(purge, JobState.CANCELLED);
            var cancelled = purging.records.find(purge).orElseThrow();
            assertThat(cancelled.finished()).isNotNull();
            assertThat(cancelled.record().failure()).isEqualTo("It was cancelled.");
            assertThat(purging.objects(id)).hasSize(4);
            assertThat(purging.purges.cancel(id)).isFalse();
            purging.relay.heal();
            assertThat(purging.purges.retry(id)).isTrue();
            untilJob(purge, JobState.DONE);
        }
        assertThat(purging.objects(id)).isEmpty();
    }

    private Worker worker() {
        purging.jobs.register(PurgePack.KIND, purging.work, PurgePack.RETRY);
        return new Worker(
                purging.sent.database(),
                purging.jobs,
                new JobSettings(1),
                new Here("node", "node", Sight.NONE),
                purging.sent.clock());
    }

    private void untilJob(String purge, JobState state) throws Exception {
        Eventually.until(
                "the job is " + state,
                () -> purging.jobs.latest(purge).orElseThrow().state() == state);
    }

    /// Puts a link in the place of the download folder after the last check.
    private final class Moving implements JobRun {
        private final Path to;
        private int looks;

        Moving(Path to) {
            this.to = to;
        }

        @Override
        public void progress(long doneBytes, long totalBytes) throws JobInterrupted {
            check();
        }

        @Override
        public void check() {
            if (++looks != 2) return;
            try {
                Files.move(purging.folder(), to);
                Files.createSymbolicLink(purging.folder(), to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void commit(Runnable rows) {
            rows.run();
        }
    }
}
