package dev.transpack.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token that acts for an account through the API. Its text is not known here: only its hash is kept.
///
/// @param account the name of the account it acts for
/// @param expiresAt when it ends by itself, if ever
/// @param lastUsedAt to the minute
public record ApiToken(
        String id,
        String account,
        String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
