package dev.transpack.jobs;

/// What a kind of job does. It may be run again after any of its steps, so every step is safe to run twice. A job
/// that is cancelled runs too, if only to take back what earlier runs made: it learns of it at its first
/// [JobRun#check].
@FunctionalInterface
public interface JobWork<P> {
    /// Returning ends the job well. An exception goes to the kind's [RetryPolicy].
    void run(P payload, JobRun run) throws Exception;

    /// The job has failed for good; called in the transaction that says so. A place to mark what it worked on.
    default void gaveUp(P payload, String sentence) {}
}
