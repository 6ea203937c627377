package dev.transpack.accounts;

import dev.transpack.database.Columns;
import dev.transpack.database.Database;
import dev.transpack.database.DatabaseUnwritableException;
import dev.transpack.settings.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// API tokens: `tp_` and 256 random bits. The text is shown once and kept as its SHA-256 only: it is too random to be
/// guessed from that.
public final class ApiTokens {
    private static final Pattern SHAPE = Pattern.compile("tp_[A-Za-z0-9_-]{43}");
    private static final Duration USE_KNOWN_TO = Duration.ofMinutes(1);
    private static final int LONGEST_NAME = 100;

    private final Database database;
    private final Audit audit;
    private final InstantSource clock;

    public ApiTokens(Database database, Audit audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// A new token with the text that is never shown again.
    public record Made(ApiToken token, Secret text) {}

    /// Makes a token that acts for the account.
    ///
    /// @param expiresIn when it ends by itself; null is never
    /// @throws IllegalArgumentException when the name is empty or too long
    public Made create(Account account, String name, @Nullable Duration expiresIn, Who by) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException("A token's name has 1 to 100 characters.");
        var text = "tp_" + RandomText.bits256();
        var now = clock.instant();
        var expires = expiresIn == null ? null : now.plus(expiresIn);
        var token = new ApiToken(UUID.randomUUID().toString(), account.name(), name, now, expires, null, null);
        database.inTransaction(() -> {
            insert(account, token, text);
            audit.record(by.name(), "token-made", name + " of " + account.name(), by.address());
        });
        return new Made(token, new Secret(text));
    }

    /// The account a token acts for; empty when it is none, expired, revoked, or its account is disabled.
    public Optional<Account> account(String text) {
        if (!SHAPE.matcher(text).matches()) return Optional.empty();
        var found = database.reads()
                .sql("select id, account_id, last_used_at from api_tokens where token_hash = ? and revoked_at is null"
                        + " and (expires_at is null or expires_at > ?)")
                .params(Hash.sha256(text), clock.millis())
                .query((row, n) -> new Use(row.getString(1), row.getString(2), Columns.instant(row, "last_used_at")))
                .optional();
        var account = found.flatMap(use -> new AccountRows(database).find(use.account()))
                .map(AccountRows.Row::account)
                .filter(owner -> !owner.disabled());
        if (account.isPresent()) found.ifPresent(this::noteUse);
        return account;
    }

    /// Every token, newest first, ended ones too.
    public List<ApiToken> list() {
        return database.reads().sql("""
                        select t.id, a.name as account, t.name, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
                        from api_tokens t join accounts a on a.id = t.account_id
                        order by t.created_at desc, t.id""").query(ApiTokens::token).list();
    }

    /// Ends a token at once.
    ///
    /// @return whether there was such a token that had not ended
    public boolean revoke(String id, Who by) {
        return database.inTransaction(() -> {
            var ended = database.writes()
                    .sql("update api_tokens set revoked_at = ? where id = ? and revoked_at is null returning name")
                    .params(clock.millis(), id)
                    .query(String.class)
                    .optional();
            ended.ifPresent(name -> audit.record(by.name(), "token-revoked", name, by.address()));
            return ended.isPresent();
        });
    }

    private record Use(String id, String account, @Nullable Instant last) {}

    private void insert(Account account, ApiToken token, String text) {
        var expires = token.expiresAt();
        database.writes()
                .sql("insert into api_tokens (id, account_id, name, token_hash, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .param(token.id())
                .param(account.id())
                .param(token.name())
                .param(Hash.sha256(text))
                .param(token.createdAt().toEpochMilli())
                .param(expires == null ? null : expires.toEpochMilli())
                .update();
    }

    /// At most one write a minute: a polling program must not keep the database's one writer busy.
    private void noteUse(Use use) {
        var now = clock.instant();
        if (use.last() != null && Duration.between(use.last(), now).compareTo(USE_KNOWN_TO) < 0) return;
        try {
            database.writes()
                    .sql("update api_tokens set last_used_at = ? where id = ?")
                    .params(now.toEpochMilli(), use.id())
                    .update();
        } catch (DatabaseUnwritableException e) {
            // When it was last used is no reason to refuse what only reads.
        }
    }

    private static ApiToken token(ResultSet row, int n) throws SQLException {
        return new ApiToken(
                row.getString("id"),
                row.getString("account"),
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Columns.instant(row, "expires_at"),
                Columns.instant(row, "last_used_at"),
                Columns.instant(row, "revoked_at"));
    }
}
