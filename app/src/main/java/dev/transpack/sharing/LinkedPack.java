package dev.transpack.sharing;

import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;

/// What a live link leads to.
///
/// @param encrypted whether what is in it is not to be told without its password
public record LinkedPack(ShareLink link, Pack pack, boolean encrypted) {
    /// Whether its volumes are served from this box, and lie in no bucket.
    public boolean served() {
        return pack.onBox();
    }

    /// Whether it gives volumes out: only a sealed pack does.
    public boolean sealed() {
        return pack.state() == PackState.READY;
    }
}
