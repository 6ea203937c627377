package dev.transpack.librar;

import java.util.List;
import java.util.Optional;

/// What a destination already holds of a plan. Asked once a part, in order.
@FunctionalInterface
public interface PartLedger {
    /// The fragments of an accepted part (volume from 0, part from 1), in the order they were produced with;
    /// empty when the part was not accepted, or its fragments are not known: then it is produced again.
    Optional<List<Fragment>> accepted(int volume, int part);

    /// The ledger of a pack that starts afresh.
    static PartLedger empty() {
        return (volume, part) -> Optional.empty();
    }
}
