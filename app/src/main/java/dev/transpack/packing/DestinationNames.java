package dev.transpack.packing;

import java.util.List;
import java.util.Optional;

/// The names of the destinations there are, and the one that is taken when nobody says.
public record DestinationNames(List<String> all, Optional<String> standard) {
    public DestinationNames {
        all = List.copyOf(all);
    }
}
