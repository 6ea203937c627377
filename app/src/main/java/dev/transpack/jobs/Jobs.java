package dev.transpack.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.transpack.database.Database;
import dev.transpack.nodes.Nodes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Durable background work. A job is a row: whoever asks for it, in whichever process, a [Worker] does it, and a job
/// whose process died goes on when its heartbeat has been missed.
public final class Jobs {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A kind, what it does, and what follows a failure.
    record Registration<P>(JobKind<P> kind, JobWork<P> work, RetryPolicy retry) {
        void run(String payload, JobRun run) throws Exception {
            work.run(JSON.readValue(payload, kind.payload()), run);
        }

        /// A payload that cannot be read names nothing that could be marked.
        void gaveUp(String payload, String sentence) {
            try {
                work.gaveUp(JSON.readValue(payload, kind.payload()), sentence);
            } catch (JacksonException e) {
                log.atError().addKeyValue("kind", kind.name()).setCause(e).log("payload cannot be read");
            }
        }
    }

    /// How a job is to be done.
    ///
    /// @param root the download folder whose files it needs, as nodes call it; null when it needs none
    public record Terms(JobPriority priority, @Nullable String root) {
        /// In its turn, where these files are.
        public static Terms at(@Nullable String root) {
            return new Terms(JobPriority.NORMAL, root);
        }
    }

    private final JobRows rows;
    private final JobWaits waits;
    private final Database database;
    private final InstantSource clock;
    private final SchedulerClient client;
    private final Map<String, Registration<?>> kinds = new HashMap<>();

    public Jobs(Database database, InstantSource clock) {
        this.rows = new JobRows(database, clock);
        this.waits = new JobWaits(new Nodes(database, clock), clock);
        this.database = database;
        this.clock = clock;
        this.client = SchedulerClient.Builder.create(database.dataSource(), List.of())
                .enablePriority()
                .build();
    }

    /// Says what a kind of job does. Before the worker starts.
    public <P> void register(JobKind<P> kind, JobWork<P> work, RetryPolicy retry) {
        if (kinds.put(key(kind.name(), kind.version()), new Registration<>(kind, work, retry)) != null)
            throw new IllegalArgumentException("registered twice: " + kind);
    }

    /// Puts a job in the queue that any node may do, in the transaction that is under way if there is one.
    ///
    /// @param subject the id of what it works on
    /// @return the job's id
    public <P> String enqueue(JobKind<P> kind, String subject, P payload) {
        return enqueue(kind, subject, payload, Terms.at(null));
    }

    /// The same on these terms.
    public <P> String enqueue(JobKind<P> kind, String subject, P payload, Terms terms) {
        var id = UUID.randomUUID().toString();
        database.inTransaction(() -> {
            rows.insert(id, kind, subject, JSON.writeValueAsString(payload), terms);
            schedule(id);
        });
        return id;
    }

    /// Lets a job go before or after others; one that runs goes on.
    ///
    /// @return false when it has ended
    public boolean prioritize(String id, JobPriority priority) {
        return database.inTransaction(() -> {
            if (!rows.prioritize(id, priority)) return false;
            database.writes()
                    .sql("update scheduled_tasks set priority = ? where task_name = ? and task_instance = ?")
                    .params(priority.rank(), JobTask.DESCRIPTOR.getTaskName(), id)
                    .update();
            return true;
        });
    }

    /// The download folders whose files are needed by jobs that have not ended.
    public Set<String> rootsNeeded() {
        return rows.rootsNeeded();
    }

    /// Asks a job to end and take back what it made. A running one does so when it next looks, which is within a
    /// second; one that waits or has failed runs once more for it.
    ///
    /// @return false when it was done or cancelled already
    public boolean cancel(String id) {
        return database.inTransaction(() -> rows.requestCancel(id) && hasten(id));
    }

    /// Lets a job rest where it is until it is resumed. A running one does so when it next looks, which is within a
    /// second.
    ///
    /// @return false when it rests already, has ended, or is being cancelled
    public boolean pause(String id) {
        return database.inTransaction(() -> rows.requestPause(id));
    }

    /// Lets a job that rests go on.
    ///
    /// @return false when it does not rest
    public boolean resume(String id) {
        return database.inTransaction(() -> rows.resume(id) && hasten(id));
    }

    /// Starts a failed, cancelled or waiting job anew, now.
    ///
    /// @return false when it is running, queued or done
    public boolean retry(String id) {
        return database.inTransaction(() -> rows.requeue(id) && hasten(id));
    }

    public Optional<Job> find(String id) {
        return rows.find(id).map(this::told);
    }

    /// The newest job that works on this subject.
    public Optional<Job> latest(String subject) {
        return rows.latest(subject).map(this::told);
    }

    /// The newest job of each of these subjects, in one question; those without one are left out.
    public Map<String, Job> latest(Collection<String> subjects) {
        return latest("", subjects);
    }

    /// The same among the jobs of one kind.
    public Map<String, Job> latest(JobKind<?> kind, Collection<String> subjects) {
        return latest(kind.name(), subjects);
    }

    /// The newest jobs first.
    public List<Job> newest(int limit) {
        return waits.told(rows.newest(limit));
    }

    /// The jobs that come after this place in the list of the newest, those of one state if it is given.
    public List<Job> older(@Nullable JobState state, Instant than, String id, int limit) {
        return waits.told(rows.older(state, than, id, limit));
    }

    /// Jobs that have not ended, the oldest first, and those that rest behind them.
    public List<Job> active(int limit) {
        return waits.told(rows.active(limit));
    }

    /// Jobs that somebody works on, the oldest first.
    public List<Job> running() {
        return waits.told(rows.running());
    }

    /// How many jobs of a kind are in a state, and how many bytes a second they do together.
    public record Tally(String kind, JobState state, long count, long bytesPerSecond) {}

    /// All jobs there are, by kind and state; of those without any there is none.
    public List<Tally> tallies() {
        return rows.tallies();
    }

    /// Writes rows while this run holds the job.
    ///
    /// @return false when another run has taken it: then nothing was written
    boolean inTransaction(String id, long fence, Runnable work) {
        return database.inTransaction(() -> {
            if (!rows.holds(id, fence)) return false;
            work.run();
            return true;
        });
    }

    /// Hands the job's state over, which stays until this returns; null when there is no such job.
    void withState(String id, Consumer<@Nullable JobState> work) {
        database.inTransaction(() -> work.accept(rows.lock(id).orElse(null)));
    }

    JobRows rows() {
        return rows;
    }

    @Nullable
    Registration<?> registration(JobRows.Claim claim) {
        return kinds.get(key(claim.kind(), claim.version()));
    }

    private Job told(Job job) {
        return waits.told(List.of(job)).getFirst();
    }

    private Map<String, Job> latest(String kind, Collection<String> subjects) {
        if (subjects.isEmpty()) return Map.of();
        return waits.told(rows.latest(kind, subjects)).stream().collect(Collectors.toMap(Job::subject, job -> job));
    }

    private void schedule(String id) {
        var rank = rows.priority(id).rank();
        client.scheduleIfNotExists(
                JobTask.DESCRIPTOR.instance(id).priority(rank).scheduledTo(clock.instant()));
    }

    /// A job that runs is left to see the flag; one that waits runs now, so that it takes back what it made.
    private boolean hasten(String id) {
        var instance = JobTask.DESCRIPTOR.instanceId(id);
        var execution = client.getScheduledExecution(instance);
        if (execution.isEmpty()) schedule(id);
        else if (!execution.get().isPicked()) hasten(instance);
        return true;
    }

    /// A worker may take it up at this very moment; then there is nothing to hasten.
    private void hasten(TaskInstanceId instance) {
        try {
            client.reschedule(instance, clock.instant());
        } catch (ExecutionException e) {
            log.atDebug().addKeyValue("job", instance.getId()).setCause(e).log("taken up before it was hastened");
        }
    }

    private static String key(String name, int version) {
        return name + " " + version;
    }
}
