package dev.transpack.jobs;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.transpack.nodes.Here;
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
    private final Here here;
    private final InstantSource clock;
    private final BooleanSupplier stopping;

    JobTask(Jobs jobs, Here here, InstantSource clock, BooleanSupplier stopping) {
        this.jobs = jobs;
        this.here = here;
        this.clock = clock;
        this.stopping = stopping;
    }

    CustomTask<Void> task() {
        return Tasks.custom(DESCRIPTOR)
                .onFailureReschedule(FixedDelay.of(AFTER_AN_ACCIDENT))
                .onDeadExecution(this::died)
                .execute(this::execute);
    }

    private CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        var id = instance.getId();
        var root = jobs.rows().rootNeeded(id);
        if (root.isPresent() && !here.sight().sees(root.get())) return unseen();
        var claim = jobs.rows().claim(id, here.name());
        if (claim.isEmpty()) return unclaimed(id);
        return run(id, claim.get());
    }

    /// The files have gone since this node said that it sees them: whoever sees them then takes it.
    private CompletionHandler<Void> unseen() {
        return (complete, operations) ->
                operations.reschedule(complete, clock.instant().plus(AFTER_AN_ACCIDENT));
    }

    /// There was nothing to run, because the job had ended or rests; it may have been queued again since.
    private CompletionHandler<Void> unclaimed(String id) {
        return (complete, operations) -> jobs.withState(id, state -> {
            if (state == JobState.QUEUED) operations.reschedule(complete, clock.instant());
            else operations.remove();
        });
    }

    /// The node that ran it was not heard of for too long: it goes to whoever sees its files.
    private void died(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        var id = complete.getExecution().taskInstance.getId();
        jobs.withState(id, state -> {
            jobs.rows().orphaned(id);
            if (jobs.rows().pauseQueued(id)) operations.remove();
            else operations.reschedule(complete, clock.instant());
        });
    }

    private CompletionHandler<Void> run(String id, JobRows.Claim claim) {
        var registration = jobs.registration(claim);
        if (registration == null) return parked(id, claim);
        var run = new RunningJob(jobs, id, claim.fence(), clock, stopping);
        try {
            registration.run(claim.payload(), run);
            run.finish();
            return settled(id, claim, () -> jobs.rows().end(id, claim.fence(), JobState.DONE, null), null);
        } catch (JobInterrupted e) {
            return interrupted(id, claim, e);
        } catch (Exception e) {
            return failed(id, claim, registration, e, run);
        } catch (Error e) {
            return gaveUp(id, claim, registration, e, run);
        }
    }

    private CompletionHandler<Void> parked(String id, JobRows.Claim claim) {
        log.atError().addKeyValue("job", id).addKeyValue("kind", claim.kind()).log("unknown kind of job parked");
        var sentence = "This version does not know jobs of kind " + claim.kind() + " " + claim.version()
                + ": update, then retry.";
        return settled(id, claim, () -> jobs.rows().end(id, claim.fence(), JobState.PARKED, sentence), null);
    }

    private CompletionHandler<Void> interrupted(String id, JobRows.Claim claim, JobInterrupted why) {
        return switch (why.why()) {
            case CANCELLED ->
                settled(id, claim, () -> jobs.rows().end(id, claim.fence(), JobState.CANCELLED, null), null);
            case LOST -> taken(id);
            // It rests if that is still wanted: somebody may have resumed it while it was ending.
            case PAUSED, STOPPING ->
                settled(id, claim, () -> jobs.rows().backToQueue(id, claim.fence()), clock.instant());
        };
    }

    private CompletionHandler<Void> failed(
            String id, JobRows.Claim claim, Jobs.Registration<?> registration, Exception failure, RunningJob run) {
        if (stopping.getAsBoolean()) return interrupted(id, claim, new JobInterrupted(JobInterrupted.Cause.STOPPING));
        var attempt = run.broughtOn() ? 1 : claim.attempt();
        var pause = registration.retry().after(failure, attempt);
        if (pause.isEmpty()) return gaveUp(id, claim, registration, failure, run);
        var sentence = sentence(failure);
        var until = clock.instant().plus(pause.get());
        log.atWarn()
                .addKeyValue("job", id)
                .addKeyValue("kind", claim.kind())
                .addKeyValue("cause", sentence)
                .addKeyValue("again", until)
                .log("job will be tried again");
        return settled(
                id,
                claim,
                () -> jobs.rows().waiting(id, claim.fence(), sentence, until, attempt),
                until,
                run.cancelSeen());
    }

    private CompletionHandler<Void> gaveUp(
            String id, JobRows.Claim claim, Jobs.Registration<?> registration, Throwable failure, RunningJob run) {
        log.atError()
                .addKeyValue("job", id)
                .addKeyValue("kind", claim.kind())
                .setCause(failure)
                .log("job failed");
        return settled(
                id,
                claim,
                () -> {
                    jobs.rows().end(id, claim.fence(), JobState.FAILED, sentence(failure));
                    registration.gaveUp(claim.payload(), sentence(failure));
                },
                null,
                run.cancelSeen());
    }

    /// The job's row and the scheduler's change together, so that a wish to cancel or retry finds either what was
    /// before or what is after; one to cancel or pause that came just before is heeded now. A run that has lost the
    /// job changes neither.
    ///
    /// @param next when to run again; null when the job has ended
    private CompletionHandler<Void> settled(String id, JobRows.Claim claim, Runnable rows, @Nullable Instant next) {
        return settled(id, claim, rows, next, false);
    }

    /// @param cancelHeeded whether the run knew of the wish to cancel, and failed in spite of it
    private CompletionHandler<Void> settled(
            String id, JobRows.Claim claim, Runnable rows, @Nullable Instant next, boolean cancelHeeded) {
        return (complete, operations) -> {
            var held = jobs.inTransaction(id, claim.fence(), () -> {
                rows.run();
                var cancelled = !cancelHeeded && jobs.rows().queueCancelled(id);
                if (cancelled) operations.reschedule(complete, clock.instant());
                else if (next != null && !jobs.rows().pauseQueued(id)) operations.reschedule(complete, next);
                else operations.remove();
            });
            if (!held) taken(id).complete(complete, operations);
        };
    }

    /// The scheduler's row is the other run's now.
    private static CompletionHandler<Void> taken(String id) {
        return (complete, operations) ->
                log.atInfo().addKeyValue("job", id).log("another run has taken the job: this one ends");
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
