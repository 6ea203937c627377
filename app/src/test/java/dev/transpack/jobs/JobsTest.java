package dev.transpack.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.nodes.Here;
import dev.transpack.nodes.Sight;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class JobsTest {
    record Payload(String text) {}

    enum Kind {
        SQLITE,
        POSTGRES
    }

    private static final JobKind<Payload> KIND = JobKind.of("test-job", 1, Payload.class);

    @TempDir
    Path folder;

    private Database database;
    private Jobs jobs;

    private void open(Kind kind) {
        database = Database.open(
                kind == Kind.SQLITE ? DatabaseSettings.file(folder.resolve("t.db")) : PostgresServer.newDatabase());
        jobs = new Jobs(database, InstantSource.system());
    }

    private Worker work() {
        var worker = new Worker(
                database, jobs, new JobSettings(2), new Here("node", "node", Sight.NONE), InstantSource.system());
        worker.start();
        return worker;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void aJobRunsOnceAndSaysHowFarItIs(Kind kind) throws Exception {
        open(kind);
        var runs = new AtomicInteger();
        jobs.register(
                KIND,
                (payload, run) -> {
                    runs.incrementAndGet();
                    run.progress(40, 100);
                    run.progress(payload.text().length(), 100);
                },
                RetryPolicy.never());
        var id = jobs.enqueue(KIND, "subject", new Payload("x".repeat(100)));
        try (var _ = work()) {
            Eventually.until("the job is done", () -> state(id) == JobState.DONE);
        }
        assertThat(runs).hasValue(1);
        assertThat(jobs.find(id).orElseThrow().progress().doneBytes()).isEqualTo(100);
        assertThat(jobs.latest("subject").orElseThrow().id()).isEqualTo(id);
        assertThat(jobs.active(10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsTriedAgainAsThePolicySaysAndThenStands(Kind kind) throws Exception {
        open(kind);
        var runs = new AtomicInteger();
        jobs.register(
                KIND,
                (payload, run) -> {
                    throw new IOException("failure " + runs.incrementAndGet());
                },
                (failure, attempt) -> attempt < 3 ? Optional.of(Duration.ZERO) : Optional.empty());
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            Eventually.until("the job has failed", () -> state(id) == JobState.FAILED);
        }
        assertThat(jobs.find(id).orElseThrow().error()).isEqualTo("failure 3");
        assertThat(jobs.retry(id)).isTrue();
        assertThat(state(id)).isEqualTo(JobState.QUEUED);
    }

    @ParameterizedTest
    @EnumSource
    void cancellingReachesARunningJobThroughItsRow(Kind kind) throws Exception {
        open(kind);
        var tidied = new CountDownLatch(1);
        jobs.register(
                KIND,
                (payload, run) -> {
                    try {
                        while (true) {
                            run.check();
                            Thread.onSpinWait();
                        }
                    } catch (JobInterrupted e) {
                        if (e.why() == JobInterrupted.Cause.CANCELLED) tidied.countDown();
                        throw e;
                    }
                },
                RetryPolicy.never());
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            Eventually.until("the job runs", () -> state(id) == JobState.RUNNING);
            assertThat(new Jobs(database, InstantSource.system()).cancel(id)).isTrue();
            Eventually.until("the job is cancelled", () -> state(id) == JobState.CANCELLED);
        }
        assertThat(tidied.getCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void cancellingAFailedJobRunsItOnceMoreToTakeBackWhatItMade(Kind kind) throws Exception {
        open(kind);
        var marked = new CountDownLatch(1);
        jobs.register(
                KIND,
                new JobWork<>() {
                    @Override
                    public void run(Payload payload, JobRun run) throws Exception {
                        run.check();
                        throw new IOException("broken");
                    }

                    @Override
                    public void gaveUp(Payload payload, String sentence) {
                        marked.countDown();
                    }
                },
                RetryPolicy.never());
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            Eventually.until("the job has failed", () -> state(id) == JobState.FAILED);
            assertThat(marked.getCount()).isZero();
            assertThat(jobs.cancel(id)).isTrue();
            Eventually.until("the job is cancelled", () -> state(id) == JobState.CANCELLED);
            assertThat(jobs.cancel(id)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorEndsTheJobInsteadOfRunningItForEver(Kind kind) throws Exception {
        open(kind);
        jobs.register(
                KIND,
                (payload, run) -> {
                    throw new StackOverflowError("too deep");
                },
                (failure, attempt) -> Optional.of(Duration.ZERO));
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            Eventually.until("the job has failed", () -> state(id) == JobState.FAILED);
        }
        assertThat(jobs.find(id).orElseThrow().error()).isEqualTo("too deep");
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedWorkerLeavesItsJobForTheNextStart(Kind kind) throws Exception {
        open(kind);
        var runs = new AtomicInteger();
        jobs.register(
                KIND,
                (payload, run) -> {
                    if (runs.incrementAndGet() > 1) return;
                    while (true) {
                        run.check();
                        Thread.onSpinWait();
                    }
                },
                RetryPolicy.never());
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            Eventually.until("the job runs", () -> state(id) == JobState.RUNNING);
        }
        assertThat(state(id)).isEqualTo(JobState.QUEUED);
        assertThat(jobs.find(id).orElseThrow().attempts()).isZero();
        try (var _ = work()) {
            Eventually.until("the job is done", () -> state(id) == JobState.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatLostItsFenceWritesNothingMore(Kind kind) throws Exception {
        open(kind);
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        var first = jobs.rows().claim(id, "frozen").orElseThrow();
        var second = jobs.rows().claim(id, "other").orElseThrow();
        jobs.rows().end(id, first.fence(), JobState.FAILED, "late");
        assertThat(jobs.rows().progress(id, first.fence(), new Job.Progress(1, 2, 3)))
                .isEmpty();
        assertThat(jobs.rows().progress(id, second.fence(), new Job.Progress(1, 2, 3)))
                .contains(new JobRows.Wishes(false, false));
        assertThat(state(id)).isEqualTo(JobState.RUNNING);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatFailsAfterAnotherTookItsJobMarksNothing(Kind kind) throws Exception {
        open(kind);
        var runs = new CountDownLatch(1);
        var taken = new CountDownLatch(1);
        var gaveUp = new AtomicInteger();
        jobs.register(
                KIND,
                new JobWork<>() {
                    @Override
                    public void run(Payload payload, JobRun run) throws Exception {
                        runs.countDown();
                        taken.await();
                        throw new IOException("broken");
                    }

                    @Override
                    public void gaveUp(Payload payload, String sentence) {
                        gaveUp.incrementAndGet();
                    }
                },
                RetryPolicy.never());
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            runs.await();
            assertThat(jobs.rows().claim(id, "other")).isPresent();
            taken.countDown();
        }
        assertThat(gaveUp).hasValue(0);
        assertThat(state(id)).isEqualTo(JobState.RUNNING);
        assertThat(jobs.find(id).orElseThrow().error()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aWishToCancelThatComesBeforeTheLastCommitWins(Kind kind) throws Exception {
        open(kind);
        var runs = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        var committed = new AtomicInteger();
        jobs.register(
                KIND,
                (payload, run) -> {
                    runs.countDown();
                    cancelled.await();
                    run.commitLast(committed::incrementAndGet);
                },
                RetryPolicy.never());
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            runs.await();
            assertThat(jobs.cancel(id)).isTrue();
            cancelled.countDown();
            Eventually.until("the job is cancelled", () -> state(id) == JobState.CANCELLED);
        }
        assertThat(committed).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void aCancelThatCannotTidyUpFailsOnce(Kind kind) throws Exception {
        open(kind);
        var runs = new CountDownLatch(1);
        var count = new AtomicInteger();
        jobs.register(
                KIND,
                (payload, run) -> {
                    count.incrementAndGet();
                    runs.countDown();
                    try {
                        while (true) run.check();
                    } catch (JobInterrupted _) {
                        throw new IOException("nothing may be deleted here");
                    }
                },
                RetryPolicy.never());
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            runs.await();
            assertThat(jobs.cancel(id)).isTrue();
            Eventually.until("the job has failed", () -> state(id) == JobState.FAILED);
        }
        assertThat(count).hasValue(1);
        assertThat(jobs.find(id).orElseThrow().error()).isEqualTo("nothing may be deleted here");
    }

    @ParameterizedTest
    @EnumSource
    void aKindNobodyKnowsIsParkedVisibly(Kind kind) throws Exception {
        open(kind);
        var id = jobs.enqueue(JobKind.of("from-the-future", 9, Payload.class), "subject", new Payload(""));
        try (var _ = work()) {
            Eventually.until("the job is parked", () -> state(id) == JobState.PARKED);
        }
        assertThat(jobs.find(id).orElseThrow().error()).contains("from-the-future 9");
    }

    @ParameterizedTest
    @EnumSource
    void aJobIsQueuedOnlyIfItsTransactionCommits(Kind kind) {
        open(kind);
        try {
            database.inTransaction(() -> {
                jobs.enqueue(KIND, "subject", new Payload(""));
                throw new IllegalStateException();
            });
        } catch (IllegalStateException e) {
            assertThat(jobs.newest(10)).isEmpty();
        }
        assertThat(database.reads()
                        .sql("select count(*) from scheduled_tasks")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private JobState state(String id) {
        return jobs.find(id).orElseThrow().state();
    }
}
