package dev.transpack.jobs;

/// Where a job is. WAITING will be tried again by itself; PARKED is of a kind this version does not know.
public enum JobState {
    QUEUED,
    RUNNING,
    WAITING,
    DONE,
    FAILED,
    CANCELLED,
    PARKED;

    /// Whether nothing more happens unless somebody asks.
    public boolean ended() {
        return this == DONE || this == FAILED || this == CANCELLED || this == PARKED;
    }
}
