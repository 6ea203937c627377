package dev.transpack.jobs;

/// One run of a job, as its work sees it.
public interface JobRun {
    /// Notes how far the work is; cheap enough to call for every part.
    ///
    /// @throws JobInterrupted when the work must end here
    void progress(long doneBytes, long totalBytes) throws JobInterrupted;

    /// Writes rows in one transaction, if this run still has the job.
    ///
    /// @throws JobInterrupted LOST when another run has taken it: then nothing was written
    default void commit(Runnable rows) throws JobInterrupted {
        check();
        rows.run();
    }

    /// The same for the change that makes the work good: a wish to cancel that came before it wins.
    ///
    /// @throws JobInterrupted LOST, or CANCELLED: then nothing was written
    default void commitLast(Runnable rows) throws JobInterrupted {
        commit(rows);
    }

    /// Asks whether to go on; cheap enough to call in a loop.
    ///
    /// @throws JobInterrupted when the work must end here: CANCELLED after tidying up, else leaving all as it is
    void check() throws JobInterrupted;
}
