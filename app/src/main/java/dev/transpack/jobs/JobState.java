package dev.transpack.jobs;

/// Where a job is. WAITING will be tried again by itself; PAUSED rests until somebody wants it to go on; PARKED is of a
/// kind this version does not know.
public enum JobState {
    QUEUED,
    RUNNING,
    WAITING,
    PAUSED,
    DONE,
    FAILED,
    CANCELLED,
    PARKED;

    /// Whether it is over, unless somebody wants it anew.
    public boolean ended() {
        return this == DONE || this == FAILED || this == CANCELLED || this == PARKED;
    }
}
