package dev.transpack.jobs;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one db-scheduler task: its instance is a job's id, and everything else stands in the job's row.
final class JobTask {
    static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("job");

    /// For failures outside a job's own work, such as a database that does not answer.
    private static final Duration AFTER_AN_ACCIDENT = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(JobTask.class);

    private final Jobs jobs;
    private final String node;
    private final InstantSource clock;
    private final BooleanSupplier stopping;

    JobTask(Jobs jobs, String node, InstantSource clock, BooleanSupplier stopping) {
        this.jobs = jobs;
        this.node = node;
        this.clock = clock;
        this.stopping = stopping;
    }

    CustomTask<Void> task() {
        return Tasks.custom(DESCRIPTOR)
                .onFailureReschedule(FixedDelay.of(AFTER_AN_ACCIDENT))
                .onDeadExecutionRevive()
                .execute(this::execute);
    }

    private CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        var id = instance.getId();
        var claim = jobs.rows().claim(id, node);
        if (claim.isEmpty()) return new CompletionHandler.OnCompleteRemove<>();
        return run(id, claim.get());
    }

    private CompletionHandler<Void> run(String id, JobRows.Claim claim) {
        var registration = jobs.registration(claim);
        if (registration == null) {
            log.atError()
                    .addKeyValue("job", id)
                    .addKeyValue("kind", claim.kind())
                    .log("unknown kind of job parked");
            return end(
                    id,
                    claim,
                    JobState.PARKED,
                    "This version does not know jobs of kind " + claim.kind() + " " + claim.version()
                            + ": update, then retry.");
        }
        var run = new RunningJob(jobs.rows(), id, claim.fence(), clock, stopping);
        try {
            registration.run(claim.payload(), run);
            run.finish();
            return end(id, claim, JobState.DONE, null);
        } catch (JobInterrupted e) {
            return interrupted(id, claim, e);
        } catch (Exception e) {
            return failed(id, claim, registration, e);
        }
    }

    private CompletionHandler<Void> interrupted(String id, JobRows.Claim claim, JobInterrupted why) {
        return switch (why.why()) {
            case CANCELLED -> end(id, claim, JobState.CANCELLED, null);
            case LOST -> new CompletionHandler.OnCompleteRemove<>();
            case STOPPING -> {
                jobs.rows().backToQueue(id, claim.fence());
                yield again(clock.instant());
            }
        };
    }

    private CompletionHandler<Void> failed(
            String id, JobRows.Claim claim, Jobs.Registration<?> registration, Exception failure) {
        if (stopping.getAsBoolean()) return interrupted(id, claim, new JobInterrupted(JobInterrupted.Cause.STOPPING));
        var sentence = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        var pause = registration.retry().after(failure, claim.attempt());
        if (pause.isEmpty()) {
            log.atError()
                    .addKeyValue("job", id)
                    .addKeyValue("kind", claim.kind())
                    .setCause(failure)
                    .log("job failed");
            jobs.giveUp(id, claim, registration, sentence);
            return new CompletionHandler.OnCompleteRemove<>();
        }
        var until = clock.instant().plus(pause.get());
        log.atWarn()
                .addKeyValue("job", id)
                .addKeyValue("kind", claim.kind())
                .addKeyValue("cause", sentence)
                .addKeyValue("again", until)
                .log("job will be tried again");
        jobs.rows().waiting(id, claim.fence(), sentence, until);
        return again(until);
    }

    private CompletionHandler<Void> end(String id, JobRows.Claim claim, JobState state, @Nullable String error) {
        jobs.rows().end(id, claim.fence(), state, error);
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private static CompletionHandler<Void> again(Instant when) {
        return (complete, operations) -> operations.reschedule(complete, when);
    }
}
