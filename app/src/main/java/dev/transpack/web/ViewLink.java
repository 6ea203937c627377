package dev.transpack.web;

import dev.transpack.packing.Pack;
import dev.transpack.sharing.ShareLink;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A link as pages show it.
///
/// @param address what a person copies; null when it cannot be shown any more
/// @param name of its pack
public record ViewLink(
        String id,
        String pack,
        String name,
        @Nullable String address,
        Instant expires,
        @Nullable Instant revoked,
        long opened,
        String by,
        boolean live) {

    static ViewLink of(ShareLink link, @Nullable Pack pack, @Nullable String address, Instant now) {
        return new ViewLink(
                link.id(),
                link.pack(),
                pack == null ? "" : pack.name(),
                address,
                link.expires(),
                link.revoked(),
                link.opened(),
                link.createdBy(),
                link.live(now));
    }
}
