package dev.transpack.jobs;

/// One run of a job, as its work sees it.
public interface JobRun {
    /// Notes how far the work is; cheap enough to call for every part.
    ///
    /// @throws JobInterrupted when the work must end here
    void progress(long doneBytes, long totalBytes) throws JobInterrupted;

    /// Asks whether to go on; cheap enough to call in a loop.
    ///
    /// @throws JobInterrupted when the work must end here: CANCELLED after tidying up, else leaving all as it is
    void check() throws JobInterrupted;
}
