package dev.transpack.jobs;

/// Which of two jobs that wait for their turn goes first. Within one priority they go in the order they came.
public enum JobPriority {
    HIGH(10),
    NORMAL(0),
    LOW(-10);

    private final int rank;

    JobPriority(int rank) {
        this.rank = rank;
    }

    /// As db-scheduler counts it: more goes first.
    int rank() {
        return rank;
    }
}
