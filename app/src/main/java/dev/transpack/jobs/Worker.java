package dev.transpack.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import dev.transpack.database.Database;
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

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Scheduler scheduler;

    /// @param node this process's name in the rows it works on
    public Worker(Database database, Jobs jobs, JobSettings settings, String node, InstantSource clock) {
        var task = new JobTask(jobs, node, clock, stopping::get).task();
        this.scheduler = Scheduler.create(database.dataSource(), task)
                .schedulerName(new SchedulerName.Fixed(node))
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
