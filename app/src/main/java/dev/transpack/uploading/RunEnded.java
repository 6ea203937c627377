package dev.transpack.uploading;

import dev.transpack.jobs.JobInterrupted;
import java.io.IOException;

/// The ledger takes nothing more from this run of the job. Ends the upload as any failure does: nothing is aborted.
final class RunEnded extends IOException {
    private static final long serialVersionUID = 1L;

    private final JobInterrupted why;

    RunEnded(JobInterrupted why) {
        super(why);
        this.why = why;
    }

    JobInterrupted why() {
        return why;
    }
}
