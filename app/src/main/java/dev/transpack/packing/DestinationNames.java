package dev.transpack.packing;

import java.util.List;
import java.util.Optional;

/// The names of the destinations there are, and the one that is taken when nobody says.
///
/// @param box the one that is this box itself
public record DestinationNames(List<String> all, Optional<String> standard, Optional<String> box) {
    public DestinationNames {
        all = List.copyOf(all);
    }

    /// Whether packs that go there are served from their source files.
    boolean isBox(String destination) {
        return box.filter(destination::equals).isPresent();
    }
}
