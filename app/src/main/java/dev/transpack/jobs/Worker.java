package dev.transpack.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import dev.transpack.database.Database;
import dev.transpack.nodes.Here;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does jobs in this process until it is closed. Closing claims nothing more, asks running jobs to save and end, and
/// waits for them: they go on after the next start.
public final class Worker implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);
    /// Of the jobs at a time: no more are looked at than can run.
    private static final double AT_A_TIME = 1;
    private static final double REFILL_AT = 0.5;

    private static final int LONGEST_NAME = 49;
    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Jobs jobs;
    private final String name;
    private final Scheduler scheduler;

    /// @param here this process among the nodes: it takes up only what it sees the files of
    public Worker(Database database, Jobs jobs, JobSettings settings, Here here, InstantSource clock) {
        this.jobs = jobs;
        this.name = here.name();
        var task = new JobTask(jobs, here, clock, stopping::get).task();
        this.scheduler = Scheduler.create(database.dataSource(), task)
                .jdbcCustomization(new DueHere(database.dataSource(), here.id()))
                .enablePriority()
                .pollUsingFetch(REFILL_AT, AT_A_TIME)
                .schedulerName(new SchedulerName.Fixed(here.name()))
                .executorService(threads(settings.parallel()))
                .threads(settings.parallel())
                .pollingInterval(Duration.ofMillis(500))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(8)
                .shutdownMaxWait(STOP_WITHIN)
                .build();
    }

    /// db-scheduler asks what is due whether or not a thread is free, and leaves it to this to bound what runs. What
    /// finds none is dropped: it was not taken up, and is found again at the next look, by whoever is free then and
    /// in the order that holds then.
    private static ExecutorService threads(int parallel) {
        return new ThreadPoolExecutor(
                0,
                parallel,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofVirtual().name("job-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /// Begins to work.
    public void start() {
        scheduler.start();
    }

    /// Begins with what an earlier process of this name left when it died. Only for who knows that it is gone: what it
    /// still does is refused by the fence.
    public void startAfter() {
        // db-scheduler keeps that many characters: of longer names nobody knows whose they are.
        if (name.length() <= LONGEST_NAME && jobs.rows().released(name) > 0)
            log.atInfo().addKeyValue("node", name).log("going on with what this node did when it died");
        start();
    }

    @Override
    public void close() {
        stopping.set(true);
        scheduler.stop();
    }
}
