package dev.transpack.purging;

/// The answer to somebody who wants a pack purged.
public sealed interface PurgeAnswer {
    /// It is written down and will be done.
    record Accepted(String purge, PurgePlan plan) implements PurgeAnswer {}

    /// It may not be done; the plan says why, and whether the pack's name would do.
    record Refused(PurgePlan plan) implements PurgeAnswer {}
}
