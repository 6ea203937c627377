package dev.transpack.web;

import dev.transpack.sharing.ShareLink;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A link as the API shows it.
///
/// @param pack the id of its pack, and `packName` the name
/// @param url the page for people, a secret; null when it cannot be shown any more (another instance key)
/// @param live whether it opens anything
/// @param opened how often its page was opened
record ApiLinkView(
        String id,
        String pack,
        String packName,
        @Nullable String url,
        boolean live,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        long opened) {

    static ApiLinkView of(ShareLink link, String packName, @Nullable String url, Instant now) {
        return new ApiLinkView(
                link.id(),
                link.pack(),
                packName,
                url,
                link.live(now),
                link.createdBy(),
                link.created(),
                link.expires(),
                link.revoked(),
                link.opened());
    }
}
