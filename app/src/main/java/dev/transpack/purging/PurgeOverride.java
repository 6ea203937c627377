package dev.transpack.purging;

import dev.transpack.purging.PurgeRefusal.Reason;
import java.util.List;
import java.util.Set;

/// What a person overrides: the refusals that were shown, and the pack's name as it was typed below them. A refusal
/// that
/// has come since is not overridden, for nobody has read it.
///
/// @param typedName exactly as typed
/// @param shown the reasons of the plan that the person saw
public record PurgeOverride(String typedName, Set<Reason> shown) {
    public PurgeOverride {
        shown = Set.copyOf(shown);
    }

    /// Whether the name is right and everything that stands against the plan was shown.
    boolean covers(PurgePlan plan) {
        return plan.name().equals(typedName) && unseen(plan).isEmpty();
    }

    /// What stands against the plan and was not shown.
    List<PurgeRefusal> unseen(PurgePlan plan) {
        return plan.refusals().stream()
                .filter(refusal -> !shown.contains(refusal.reason()))
                .toList();
    }
}
