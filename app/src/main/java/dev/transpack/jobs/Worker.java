package dev.transpack.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import dev.transpack.database.Database;
import dev.transpack.nodes.Here;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// Does jobs in this process until it is closed. Closing claims nothing more, asks running jobs to save and end, and
/// waits
/// for them: they go on after the next start.
public final class Worker implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);
    /// Of the jobs at a time: taken up are no more than can run, so that what waits keeps its order and other nodes.
    private static final double AT_A_TIME = 1;
    private static final double REFILL_AT = 0.5;

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Scheduler scheduler;

    /// @param here this process among the nodes: it takes up only what it sees the files of
    public Worker(Database database, Jobs jobs, JobSettings settings, Here here, InstantSource clock) {
        var task = new JobTask(jobs, here, clock, stopping::get).task();
        this.scheduler = Scheduler.create(database.dataSource(), task)
                .jdbcCustomization(new DueHere(database.dataSource(), here.id()))
                .enablePriority()
                .pollUsingFetch(REFILL_AT, AT_A_TIME)
                .schedulerName(new SchedulerName.Fixed(here.name()))
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .threads(settings.parallel())
                .pollingInterval(Duration.ofMillis(500))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(8)
                .shutdownMaxWait(STOP_WITHIN)
                .build();
    }

    /// Begins to work.
    public void start() {
        scheduler.start();
    }

    @Override
    public void close() {
        stopping.set(true);
        scheduler.stop();
    }
}
