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
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A job that a person lets rest.
@Timeout(120)
class JobsPauseTest {
    record Payload(String text) {}

    private static final JobKind<Payload> KIND = JobKind.of("test-job", 1, Payload.class);

    @TempDir
    Path folder;

    private final AtomicInteger runs = new AtomicInteger();
    private final Semaphore running = new Semaphore(0);
    private final CountDownLatch enough = new CountDownLatch(1);
    private Database database;
    private Jobs jobs;

    private void open(String kind) {
        database = Database.open(
                kind.equals("sqlite") ? DatabaseSettings.file(folder.resolve("t.db")) : PostgresServer.newDatabase());
        jobs = new Jobs(database, InstantSource.system());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aRunningJobRestsAndGoesOn(String kind) throws Exception {
        open(kind);
        var id = enqueueUntilEnough();
        try (var _ = work()) {
            running.acquire();
            assertThat(jobs.pause(id)).isTrue();
            rests(id);
            assertThat(jobs.pause(id)).isFalse();
            assertThat(jobs.retry(id)).isFalse();
            assertThat(jobs.active(10)).extracting(Job::id).containsExactly(id);
            assertThat(job(id).attempts()).isZero();
            assertThat(jobs.resume(id)).isTrue();
            running.acquire();
            enough.countDown();
            until(id, JobState.DONE);
            assertThat(jobs.resume(id)).isFalse();
        }
        assertThat(runs).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aQueuedJobRestsAcrossStarts(String kind) throws Exception {
        open(kind);
        enough.countDown();
        var id = enqueueUntilEnough();
        assertThat(jobs.pause(id)).isTrue();
        try (var _ = work()) {
            Eventually.until("the scheduler has let it go", () -> scheduled() == 0);
        }
        assertThat(job(id).state()).isEqualTo(JobState.PAUSED);
        assertThat(runs).hasValue(0);
        try (var _ = work()) {
            assertThat(jobs.resume(id)).isTrue();
            until(id, JobState.DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void oneThatRestsIsCancelledAtOnce(String kind) throws Exception {
        open(kind);
        var id = enqueueUntilEnough();
        try (var _ = work()) {
            running.acquire();
            assertThat(jobs.pause(id)).isTrue();
            rests(id);
            assertThat(jobs.cancel(id)).isTrue();
            until(id, JobState.CANCELLED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aWishThatMeetsAFailureIsHeeded(String kind) throws Exception {
        open(kind);
        jobs.register(
                KIND,
                (payload, run) -> {
                    running.release();
                    enough.await();
                    throw new IOException("throttled");
                },
                (failure, attempt) -> Optional.of(Duration.ZERO));
        var id = jobs.enqueue(KIND, "subject", new Payload(""));
        try (var _ = work()) {
            running.acquire();
            assertThat(jobs.pause(id)).isTrue();
            enough.countDown();
            rests(id);
            assertThat(job(id).times().nextAttempt()).isNull();
        }
        assertThat(running.availablePermits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aWishThatIsWithdrawnInTimeChangesNothing(String kind) throws Exception {
        open(kind);
        var id = enqueue((payload, run) -> {
            running.release();
            enough.await();
            run.check();
        });
        try (var _ = work()) {
            running.acquire();
            assertThat(jobs.pause(id)).isTrue();
            assertThat(jobs.resume(id)).isTrue();
            enough.countDown();
            until(id, JobState.DONE);
        }
        assertThat(running.availablePermits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void oneThatIsResumedWhileItLetsGoOfItsWorkGoesOn(String kind) throws Exception {
        open(kind);
        var id = enqueue((payload, run) -> {
            try {
                while (enough.getCount() > 0) run.check();
            } catch (JobInterrupted e) {
                running.release();
                enough.await();
                throw e;
            }
        });
        try (var _ = work()) {
            until(id, JobState.RUNNING);
            assertThat(jobs.pause(id)).isTrue();
            running.acquire();
            assertThat(jobs.resume(id)).isTrue();
            enough.countDown();
            until(id, JobState.DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aCancelOverridesAPauseAlsoWhenTheProgramStopsFirst(String kind) throws Exception {
        open(kind);
        var id = enqueue((payload, run) -> {
            running.release();
            enough.await();
            run.check();
        });
        try (var stopping = work()) {
            running.acquire();
            assertThat(jobs.pause(id)).isTrue();
            assertThat(jobs.cancel(id)).isTrue();
            var closing = Thread.ofVirtual().start(stopping::close);
            Eventually.until("it is told to stop", () -> closing.isAlive());
            enough.countDown();
            closing.join();
        }
        assertThat(job(id).state()).isIn(JobState.QUEUED, JobState.CANCELLED);
        try (var _ = work()) {
            until(id, JobState.CANCELLED);
        }
    }

    /// Pressed again and again: it never stays behind without a run.
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void whoeverPressesInAHurryLosesNoJob(String kind) throws Exception {
        open(kind);
        var id = enqueueUntilEnough();
        try (var _ = work()) {
            for (var i = 0; i < 30; i++) {
                jobs.pause(id);
                jobs.resume(id);
            }
            enough.countDown();
            until(id, JobState.DONE);
        }
    }

    private String enqueueUntilEnough() {
        return enqueue((payload, run) -> {
            runs.incrementAndGet();
            running.release();
            while (enough.getCount() > 0) run.check();
        });
    }

    private String enqueue(JobWork<Payload> work) {
        jobs.register(KIND, work, RetryPolicy.never());
        return jobs.enqueue(KIND, "subject", new Payload(""));
    }

    private Worker work() {
        var worker = new Worker(
                database, jobs, new JobSettings(2), new Here("node", "node", Sight.NONE), InstantSource.system());
        worker.start();
        return worker;
    }

    private void rests(String id) throws Exception {
        until(id, JobState.PAUSED);
        Eventually.until("the scheduler has let it go", () -> scheduled() == 0);
    }

    private void until(String id, JobState state) throws Exception {
        Eventually.until("the job is " + state, () -> job(id).state() == state);
    }

    private long scheduled() {
        return database.reads()
                .sql("select count(*) from scheduled_tasks")
                .query(Long.class)
                .single();
    }

    private Job job(String id) {
        return jobs.find(id).orElseThrow();
    }
}
