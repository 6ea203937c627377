package dev.transpack.sharing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stable address of a pack, as its row says; not the token that opens it.
///
/// @param opened how often its page was opened
public record ShareLink(
        String id,
        String pack,
        String createdBy,
        Instant created,
        Instant expires,
        @Nullable Instant revoked,
        long opened) {

    /// Whether it opens anything.
    public boolean live(Instant now) {
        return revoked == null && now.isBefore(expires);
    }
}
