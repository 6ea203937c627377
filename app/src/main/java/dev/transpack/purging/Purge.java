package dev.transpack.purging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A purge that was asked for: its plan, and what became of it.
///
/// @param overridden whether somebody typed the pack's name to have it done against the plan's refusals
/// @param finished none while it is under way
public record Purge(
        String id,
        PurgePlan plan,
        boolean overridden,
        String requestedBy,
        Instant requested,
        @Nullable Instant finished,
        PurgeRecord record) {}
