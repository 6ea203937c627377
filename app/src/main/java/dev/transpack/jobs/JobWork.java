package dev.transpack.jobs;

/// What a kind of job does. It may be run again after any of its steps, so every step is safe to run twice.
@FunctionalInterface
public interface JobWork<P> {
    /// Returning ends the job well. An exception goes to the kind's [RetryPolicy].
    void run(P payload, JobRun run) throws Exception;
}
