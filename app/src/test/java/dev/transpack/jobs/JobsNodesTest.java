package dev.transpack.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.nodes.Here;
import dev.transpack.nodes.Machine;
import dev.transpack.nodes.Nodes;
import dev.transpack.nodes.Presence;
import dev.transpack.nodes.Sight;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Work goes to a node that sees the files, in the order of its priority, and says why it waits.
@Timeout(120)
class JobsNodesTest {
    record Payload(String text) {}

    enum Kind {
        SQLITE,
        POSTGRES
    }

    private static final JobKind<Payload> KIND = JobKind.of("test-job", 1, Payload.class);
    private static final String NAS = "nas";

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Database database;
    private Jobs jobs;

    private void open(Kind kind) {
        database = Database.open(
                kind == Kind.SQLITE ? DatabaseSettings.file(folder.resolve("t.db")) : PostgresServer.newDatabase());
        open.add(database);
        jobs = new Jobs(database, InstantSource.system());
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) each.close();
    }

    /// What a node sees, as a test says.
    private static final class Eyes implements Sight {
        private final Set<String> known = ConcurrentHashMap.newKeySet();
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        static Eyes on(String... roots) {
            var eyes = new Eyes();
            eyes.known.addAll(List.of(roots));
            eyes.seen.addAll(List.of(roots));
            return eyes;
        }

        @Override
        public Map<String, Boolean> look(Collection<String> wanted) {
            var all = new HashMap<String, Boolean>();
            known.forEach(root -> all.put(root, seen.contains(root)));
            return all;
        }

        @Override
        public boolean sees(String root) {
            return seen.contains(root);
        }

        @Override
        public boolean knows(String root) {
            return known.contains(root);
        }

        @Override
        public boolean answersFor(String root) {
            return seen.contains(root);
        }
    }

    private Presence enter(String name, Sight sight) {
        return enter(name, sight, InstantSource.system());
    }

    private Presence enter(String name, Sight sight, InstantSource clock) {
        var presence = Presence.begin(
                new Nodes(database, clock),
                new Machine("box", false),
                new Presence.Self(name, "1", "none", false, true),
                sight,
                jobs::rootsNeeded);
        open.add(presence);
        return presence;
    }

    /// A node that works, with the names of what it did.
    private List<String> work(Presence presence, int parallel) {
        var done = Collections.synchronizedList(new ArrayList<String>());
        var mine = new Jobs(database, InstantSource.system());
        mine.register(
                KIND,
                (payload, run) -> {
                    run.check();
                    done.add(payload.text());
                },
                RetryPolicy.never());
        work(mine, presence.here(), parallel);
        return done;
    }

    private void work(Jobs mine, Here here, int parallel) {
        var worker = new Worker(database, mine, new JobSettings(parallel), here, InstantSource.system());
        worker.start();
        open.add(worker);
    }

    private String ask(String text, String root, JobPriority priority) {
        return jobs.enqueue(KIND, text, new Payload(text), new Jobs.Terms(priority, root));
    }

    @ParameterizedTest
    @EnumSource
    void aJobGoesToTheNodeThatSeesItsFilesHoweverFreeOthersAre(Kind kind) throws Exception {
        open(kind);
        var others = work(enter("other", Eyes.on("other")), 2);
        var its = work(enter("nas", Eyes.on(NAS)), 1);
        for (var n = 0; n < 20; n++) ask("nas " + n, NAS, JobPriority.NORMAL);
        ask("other", "other", JobPriority.NORMAL);
        Eventually.until("all are done", () -> its.size() == 20 && others.size() == 1);
        assertThat(others).containsExactly("other");
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodySeesWaitsSaysWhyAndGoesOnWhenItIsSeen(Kind kind) throws Exception {
        open(kind);
        var eyes = new Eyes();
        eyes.known.add(NAS);
        var done = work(enter("box1", eyes), 2);
        var id = ask("film", NAS, JobPriority.NORMAL);
        assertThat(why(id))
                .isEqualTo(
                        "Waits for a node that sees the files of nas: node box1 runs, but the folder is missing, empty"
                                + " or unreadable there.");
        assertThat(why(ask("other", "box9:/srv", JobPriority.NORMAL)))
                .isEqualTo("Waits for a node that sees the files of box9:/srv: no node that is known does.");
        eyes.seen.add(NAS);
        Eventually.until("it is done", () -> done.contains("film"));
        assertThat(why(id)).isEmpty();
        assertThat(done).doesNotContain("other");
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsForADeadNodeSaysSinceWhenAndIsCancelledPausedAndResumedFromAnywhere(Kind kind) throws Exception {
        open(kind);
        enter("box1", Eyes.on(NAS), () -> Instant.now().minus(Duration.ofMinutes(3)));
        var id = ask("film", NAS, JobPriority.NORMAL);
        var done = work(enter("box2", Sight.NONE), 2);
        assertThat(why(id))
                .isEqualTo("Waits for a node that sees the files of nas: node box1 was last seen 3 min ago.");
        assertThat(jobs.pause(id)).isTrue();
        assertThat(state(id)).isEqualTo(JobState.PAUSED);
        assertThat(jobs.resume(id)).isTrue();
        assertThat(state(id)).isEqualTo(JobState.QUEUED);
        assertThat(jobs.cancel(id)).isTrue();
        Eventually.until("it is cancelled", () -> state(id) == JobState.CANCELLED);
        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatStoppedSaysSo(Kind kind) throws Exception {
        open(kind);
        var presence = enter("box1", Eyes.on(NAS));
        var id = ask("film", NAS, JobPriority.NORMAL);
        assertThat(why(id)).isEmpty();
        presence.close();
        assertThat(why(id)).isEqualTo("Waits for a node that sees the files of nas: node box1 was stopped 0 s ago.");
    }

    /// Nobody has to miss the dead process's heartbeats first; here nobody ever would.
    @ParameterizedTest
    @EnumSource
    void aProcessGoesOnAtOnceWithWhatAnEarlierOneOfItsNameDid(Kind kind) throws Exception {
        open(kind);
        var id = ask("film", NAS, JobPriority.NORMAL);
        var dead = jobs.rows().claim(id, "box1").orElseThrow();
        database.writes()
                .sql("update scheduled_tasks set picked = ?, picked_by = 'box1', last_heartbeat = ?, version = 2")
                .params(true, java.sql.Timestamp.from(Instant.now().plus(Duration.ofDays(1))))
                .update();
        var presence = enter("box1", Eyes.on(NAS));
        assertThat(presence.aloneWithItsName()).isTrue();
        var mine = new Jobs(database, InstantSource.system());
        mine.register(KIND, (payload, run) -> run.check(), RetryPolicy.never());
        var worker = new Worker(database, mine, new JobSettings(1), presence.here(), InstantSource.system());
        open.add(worker);
        worker.startAfter();
        Eventually.until("it is done", () -> state(id) == JobState.DONE);
        assertThat(jobs.rows().holds(id, dead.fence())).isFalse();
    }

    /// Taken for dead, it is not run where its files are not; whoever was frozen with it writes nothing more.
    @ParameterizedTest
    @EnumSource
    void aJobOfADeadNodeIsQueuedAgainAndItsLateWritesAreRefused(Kind kind) throws Exception {
        open(kind);
        var id = ask("film", NAS, JobPriority.NORMAL);
        var frozen = jobs.rows().claim(id, "box1").orElseThrow();
        database.writes()
                .sql("update scheduled_tasks set picked = ?, picked_by = 'box1', last_heartbeat = ?, version = 2")
                .params(true, java.sql.Timestamp.from(Instant.now().minusSeconds(60)))
                .update();
        enter("box1", Eyes.on(NAS), () -> Instant.now().minus(Duration.ofMinutes(1)));
        assertThat(why(id))
                .isEqualTo(
                        "Its node box1 was last seen 1 min ago: it goes on when that is back, or on another that sees"
                                + " the files.");
        var others = work(enter("box2", Sight.NONE), 2);
        Eventually.until("it is queued again", () -> state(id) == JobState.QUEUED);
        assertThat(jobs.rows().holds(id, frozen.fence())).isFalse();
        assertThat(jobs.rows().progress(id, frozen.fence(), new Job.Progress(1, 2, 3)))
                .isEmpty();
        var its = work(enter("box3", Eyes.on(NAS)), 2);
        Eventually.until("it is done", () -> state(id) == JobState.DONE);
        assertThat(its).containsExactly("film");
        assertThat(others).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void fiveHundredJobsOfADeadNodeKeepNobodyFromWorking(Kind kind) throws Exception {
        open(kind);
        database.inTransaction(() -> {
            for (var n = 0; n < 500; n++) ask("gone " + n, "gone", JobPriority.HIGH);
        });
        var done = work(enter("box1", Eyes.on(NAS)), 1);
        var id = ask("film", NAS, JobPriority.LOW);
        Eventually.until("it is done", () -> state(id) == JobState.DONE);
        assertThat(done).containsExactly("film");
        assertThat(jobs.active(1_000))
                .hasSize(500)
                .allSatisfy(job -> assertThat(job.waitsFor()).isNotNull());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUrgentGoesFirstAndTheRestInTheOrderItCame(Kind kind) throws Exception {
        open(kind);
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var order = Collections.synchronizedList(new ArrayList<String>());
        jobs.register(
                KIND,
                (payload, run) -> {
                    order.add(payload.text());
                    begun.countDown();
                    goOn.await();
                },
                RetryPolicy.never());
        ask("first", NAS, JobPriority.NORMAL);
        work(jobs, enter("box1", Eyes.on(NAS)).here(), 1);
        begun.await();
        ask("low", NAS, JobPriority.LOW);
        for (var n = 0; n < 3; n++) ask("normal " + n, NAS, JobPriority.NORMAL);
        ask("high", NAS, JobPriority.HIGH);
        var late = ask("late", NAS, JobPriority.NORMAL);
        assertThat(jobs.prioritize(late, JobPriority.HIGH)).isTrue();
        assertThat(jobs.find(late).orElseThrow().turn().priority()).isEqualTo(JobPriority.HIGH);
        goOn.countDown();
        Eventually.until("all are done", () -> order.size() == 7);
        assertThat(order).containsExactly("first", "high", "late", "normal 0", "normal 1", "normal 2", "low");
        Eventually.until("it has ended", () -> state(late) == JobState.DONE);
        assertThat(jobs.prioritize(late, JobPriority.LOW)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void noMoreJobsRunAtATimeThanTheSettingsSay(Kind kind) throws Exception {
        open(kind);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var ended = new AtomicInteger();
        jobs.register(
                KIND,
                (payload, run) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    var looks = new CountDownLatch(1);
                    assertThat(looks.await(1, TimeUnit.SECONDS)).isFalse(); // two looks for what is due
                    running.decrementAndGet();
                    ended.incrementAndGet();
                },
                RetryPolicy.never());
        for (var n = 0; n < 6; n++) ask("job " + n, NAS, JobPriority.NORMAL);
        work(jobs, enter("box1", Eyes.on(NAS)).here(), 2);
        Eventually.until("all have ended", () -> ended.get() == 6);
        assertThat(most).hasValue(2);
    }

    /// What was put in the queue again keeps its priority.
    @ParameterizedTest
    @EnumSource
    void aJobThatWasPausedKeepsItsPriority(Kind kind) {
        open(kind);
        var id = ask("film", NAS, JobPriority.HIGH);
        assertThat(jobs.pause(id)).isTrue();
        database.writes().sql("delete from scheduled_tasks").update();
        assertThat(jobs.resume(id)).isTrue();
        assertThat(database.reads()
                        .sql("select priority from scheduled_tasks")
                        .query(Integer.class)
                        .single())
                .isEqualTo(JobPriority.HIGH.rank());
    }

    private String why(String id) {
        return Objects.requireNonNullElse(jobs.find(id).orElseThrow().waitsFor(), "");
    }

    private JobState state(String id) {
        return jobs.find(id).orElseThrow().state();
    }
}
