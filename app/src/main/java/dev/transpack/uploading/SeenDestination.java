package dev.transpack.uploading;

import java.time.Instant;
import java.util.List;

/// What was seen of a destination when it was last looked at.
///
/// @param problems one sentence for each thing that does not work; none: it can be used
public record SeenDestination(Instant at, List<String> problems, DestinationFacts facts) {
    public SeenDestination {
        problems = List.copyOf(problems);
    }

    /// Whether packs can go there.
    public boolean works() {
        return problems.isEmpty();
    }

    /// What a probe found just now.
    static SeenDestination of(DestinationProbe.Result result, Instant now) {
        var problems = result.checks().stream()
                .filter(check -> !check.works())
                .map(check -> check.what() + ": " + check.problem())
                .toList();
        return new SeenDestination(now, problems, result.facts());
    }
}
