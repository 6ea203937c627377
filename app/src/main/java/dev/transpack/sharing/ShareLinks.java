package dev.transpack.sharing;

import dev.transpack.database.Database;
import dev.transpack.packing.Pack;
import dev.transpack.settings.InstanceKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one class that reads and writes rows of `links`. A token is looked up by its SHA-256 and kept sealed with the
/// instance key, so that its link can be shown again; in clear it stands nowhere.
public final class ShareLinks {
    private final Database database;
    private final InstanceKey key;
    private final InstantSource clock;

    public ShareLinks(Database database, InstanceKey key, InstantSource clock) {
        this.database = database;
        this.key = key;
        this.clock = clock;
    }

    /// Makes a link. One to a pack that is still on its way says how far it is and gives nothing out until it is
    /// sealed.
    public LinkAnswer create(Pack pack, LinkLifetime lifetime, String by) {
        return switch (pack.state()) {
            case QUEUED, PLANNED, SENDING, READY -> insert(pack, lifetime, by);
            case FAILED -> refused(pack, "failed: retry it first.");
            case CANCELLED -> refused(pack, "was cancelled: send its download again.");
            case PURGED -> refused(pack, "is purged: send its download again.");
        };
    }

    /// The live link that this token opens. A wrong token, one that has expired and one that was revoked are the same.
    public Optional<ShareLink> find(LinkToken token) {
        return database.reads()
                .sql("select * from links where token_hash = ?")
                .param(token.hash())
                .query(ShareLinks::link)
                .optional()
                .filter(link -> link.live(clock.instant()));
    }

    public Optional<ShareLink> get(String id) {
        return database.reads()
                .sql("select * from links where id = ?")
                .param(id)
                .query(ShareLinks::link)
                .optional();
    }

    /// The links of a pack, the newest first; those that expired or were revoked too.
    public List<ShareLink> of(String pack) {
        return database.reads()
                .sql("select * from links where pack_id = ? order by created_at desc, id")
                .param(pack)
                .query(ShareLinks::link)
                .list();
    }

    /// The newest links of a pack, live or not.
    public List<ShareLink> newest(String pack, int limit) {
        return database.reads()
                .sql("select * from links where pack_id = ? order by created_at desc, id limit ?")
                .params(pack, limit)
                .query(ShareLinks::link)
                .list();
    }

    /// All links, the newest first, those made before `before` if it is given.
    public List<ShareLink> newest(int limit, @Nullable Instant before) {
        return database.reads()
                .sql("select * from links where created_at < ? order by created_at desc, id limit ?")
                .params(before == null ? Long.MAX_VALUE : before.toEpochMilli(), limit)
                .query(ShareLinks::link)
                .list();
    }

    /// The links that come after this place in the list of the newest, those of one pack if it is given.
    public List<ShareLink> older(@Nullable String pack, Instant than, String id, int limit) {
        var links = database.reads()
                .sql("select * from links where (created_at < ? or (created_at = ? and id < ?))"
                        + (pack == null ? "" : " and pack_id = ?") + " order by created_at desc, id desc limit ?")
                .param(than.toEpochMilli())
                .param(than.toEpochMilli())
                .param(id);
        if (pack != null) links = links.param(pack);
        return links.param(limit).query(ShareLinks::link).list();
    }

    /// The token of a link, to show it again; empty when it was sealed with another instance key.
    public Optional<LinkToken> token(ShareLink link) {
        return Optional.ofNullable(tokens(List.of(link)).get(link.id()));
    }

    /// The tokens of these links by the link's id, in one question; without those of another instance key.
    public Map<String, LinkToken> tokens(Collection<ShareLink> links) {
        var tokens = new HashMap<String, LinkToken>();
        if (links.isEmpty()) return tokens;
        database.reads()
                .sql("select id, token_sealed from links where id in (:ids)")
                .param("ids", links.stream().map(ShareLink::id).toList())
                .query(row -> {
                    var id = row.getString(1);
                    open(row.getString(2)).ifPresent(token -> tokens.put(id, token));
                });
        return tokens;
    }

    private Optional<LinkToken> open(String sealed) {
        try {
            return Optional.of(new LinkToken(key.open(sealed)));
        } catch (IllegalStateException e) {
            return Optional.empty(); // the link itself still works: look-up needs no key
        }
    }

    /// From now on it opens nothing. A presigned address that was fetched before lives out its 15 minutes.
    ///
    /// @return whether it was not revoked before
    public boolean revoke(String id) {
        return database.writes()
                        .sql("update links set revoked_at = ? where id = ? and revoked_at is null")
                        .params(clock.millis(), id)
                        .update()
                > 0;
    }

    /// Its page was opened once more.
    public void opened(ShareLink link) {
        database.writes()
                .sql("update links set opened = opened + 1 where id = ?")
                .param(link.id())
                .update();
    }

    private LinkAnswer insert(Pack pack, LinkLifetime lifetime, String by) {
        var token = LinkToken.random();
        var id = UUID.randomUUID().toString();
        var now = clock.millis();
        var inserted = database.writes()
                .sql("""
                        insert into links (id, pack_id, token_hash, token_sealed, created_by, created_at, expires_at,
                                           opened)
                        select ?, ?, ?, ?, ?, ?, ?, 0
                        where exists (select 1 from packs
                                      where id = ? and state not in ('FAILED', 'CANCELLED', 'PURGED'))""")
                .param(id)
                .param(pack.id())
                .param(token.hash())
                .param(key.seal(token.reveal()))
                .param(by)
                .param(now)
                .param(now + lifetime.value().toMillis())
                .param(pack.id())
                .update();
        if (inserted == 0) return refused(pack, "has changed in this moment: look at it again.");
        return new LinkAnswer.Created(get(id).orElseThrow(), token);
    }

    private static LinkAnswer refused(Pack pack, String what) {
        return new LinkAnswer.Refused("'" + pack.name() + "' cannot be shared: it " + what);
    }

    private static ShareLink link(ResultSet row, int n) throws SQLException {
        var revoked = row.getLong("revoked_at");
        var live = row.wasNull();
        return new ShareLink(
                row.getString("id"),
                row.getString("pack_id"),
                row.getString("created_by"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                live ? null : Instant.ofEpochMilli(revoked),
                row.getLong("opened"));
    }
}
