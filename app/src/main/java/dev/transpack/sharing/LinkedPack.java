package dev.transpack.sharing;

import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;

/// What a live link leads to.
public record LinkedPack(ShareLink link, Pack pack) {
    /// Whether it gives volumes out: only a sealed pack does.
    public boolean sealed() {
        return pack.state() == PackState.READY;
    }
}
