package dev.transpack.purging;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a purge, without its plan and without every thing that went: of the same size however big the pack.
///
/// @param finished none while it is under way
/// @param sourceBegun whether things of the source may be missing because of it
/// @param went how many things are gone
/// @param freed their bytes
/// @param remains what was to go and did not, a sentence each
public record PurgeSummary(
        String id,
        boolean overridden,
        String requestedBy,
        Instant requested,
        @Nullable Instant finished,
        boolean sourceBegun,
        long went,
        long freed,
        List<String> remains,
        @Nullable String failure) {
    public PurgeSummary {
        remains = List.copyOf(remains);
    }
}
