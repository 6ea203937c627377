package dev.transpack.purging;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The answer to somebody who wants a pack purged.
public sealed interface PurgeAnswer {
    /// It is written down and will be done.
    record Accepted(String purge, PurgePlan plan) implements PurgeAnswer {}

    /// It may not be done; the plan says why, and whether the pack's name would do.
    ///
    /// @param unseen the refusals that a person who wants to override was not shown
    record Refused(PurgePlan plan, List<PurgeRefusal> unseen) implements PurgeAnswer {
        public Refused {
            unseen = List.copyOf(unseen);
        }

        /// What has come to light since the plan was shown, for the person who agreed to less.
        public Optional<String> news() {
            if (unseen.isEmpty()) return Optional.empty();
            return Optional.of("Nothing was purged, for this was not shown before: "
                    + unseen.stream().map(PurgeRefusal::sentence).collect(Collectors.joining(" ")));
        }
    }
}
