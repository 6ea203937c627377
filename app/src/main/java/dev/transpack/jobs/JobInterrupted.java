package dev.transpack.jobs;

/// The work ends here though it is not done. Work that has something to take back does so on CANCELLED only, and then
/// throws this on.
public final class JobInterrupted extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Cause {
        /// Somebody does not want it any more: what it made is to be removed.
        CANCELLED,
        /// It is to rest: whoever lets it go on finds everything as it is.
        PAUSED,
        /// The program stops; the next start goes on.
        STOPPING,
        /// Another node drives this job now: touch nothing.
        LOST
    }

    private final Cause cause;

    public JobInterrupted(Cause cause) {
        super(cause.name());
        this.cause = cause;
    }

    public Cause why() {
        return cause;
    }
}
