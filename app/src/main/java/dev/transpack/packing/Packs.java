package dev.transpack.packing;

import dev.transpack.database.Database;
import dev.transpack.jobs.JobPriority;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The one class that reads and writes rows of `packs`.
public final class Packs {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final InstantSource clock;
    private final PackColumns columns;

    /// Packs whose files are where they were when they were asked for.
    public Packs(Database database, InstantSource clock) {
        this(database, clock, root -> Optional.empty());
    }

    /// @param folders where a root is on this machine, which may be elsewhere than where the pack was asked for
    public Packs(Database database, InstantSource clock, Function<String, Optional<Path>> folders) {
        this.database = database;
        this.clock = clock;
        this.columns = new PackColumns(folders);
    }

    /// Who asked, and the key by which a repeated request is known.
    record Asked(String by, @Nullable String idempotencyKey, JobPriority priority) {}

    /// The name of a destination, and whether that is this box.
    record To(String destination, boolean box) {}

    void insert(String id, String name, Pack.Origin origin, PackRequest request, To to, Asked asked) {
        database.writes()
                .sql("""
                        insert into packs (id, name, state, download_id, download_name, source, info_hash, request,
                                           destination, on_box, source_bytes, total_bytes, files, created_by, idempotency,
                                           created_at, root, root_folder)
                        values (?, ?, 'QUEUED', ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?)""")
                .param(id)
                .param(name)
                .param(origin.downloadId())
                .param(origin.downloadName())
                .param(origin.source().toString())
                .param(origin.infoHash())
                .param(JSON.writeValueAsString(request))
                .param(to.destination())
                .param(to.box())
                .param(asked.by())
                .param(asked.idempotencyKey())
                .param(clock.millis())
                .param(origin.rootName())
                .param(origin.root() == null ? null : origin.root().folder().toString())
                .update();
    }

    /// What is in it is known.
    void laidOut(String id, Pack.Contents contents) {
        database.writes()
                .sql("""
                        update packs set fingerprint = ?, source_bytes = ?, total_bytes = ?, files = ?, warnings = ?
                        where id = ?""")
                .param(contents.fingerprint())
                .param(contents.sourceBytes())
                .param(contents.totalBytes())
                .param(contents.files())
                .param(contents.warnings())
                .param(id)
                .update();
    }

    /// How much of the download is not in it; known for good once it is laid out.
    void leavesOut(String id, LeftOut leftOut) {
        database.writes()
                .sql("update packs set left_out_files = ?, left_out_bytes = ? where id = ? and fingerprint is null")
                .params(leftOut.files(), leftOut.bytes(), id)
                .update();
    }

    /// How many bytes its volumes turned out to have, where that is known only at the end.
    public void measured(String id, long totalBytes) {
        database.writes()
                .sql("update packs set total_bytes = ? where id = ? and state = 'SENDING'")
                .params(totalBytes, id)
                .update();
    }

    /// Laid out, and left so.
    public void planned(String id) {
        database.writes()
                .sql("update packs set state = 'PLANNED' where id = ? and state = 'QUEUED'")
                .param(id)
                .update();
    }

    /// A pack that is laid out and left so goes up, or ends.
    ///
    /// @return false when it is no such pack
    boolean leavePlanned(String id, PackState state) {
        return database.writes()
                        .sql("update packs set state = ? where id = ? and state = 'PLANNED'")
                        .params(state.name(), id)
                        .update()
                > 0;
    }

    /// Whether it is neither sealed nor purged, seen from inside a transaction.
    boolean mayGoAgain(String id) {
        return database.writes()
                        .sql("select count(*) from packs where id = ? and state not in ('READY', 'PURGED', 'PLANNED')")
                        .param(id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /// It goes, or goes again: what failed before is forgotten.
    ///
    /// @return false when it is not to go: sealed, cancelled or purged meanwhile
    public boolean sending(String id) {
        return database.writes()
                        .sql(
                                "update packs set state = 'SENDING', error = null where id = ? and state in ('QUEUED', 'SENDING')")
                        .param(id)
                        .update()
                > 0;
    }

    /// Back in the queue after a failure or a cancel.
    public void queued(String id) {
        database.writes()
                .sql(
                        "update packs set state = 'QUEUED', error = null where id = ? and state in ('FAILED', 'CANCELLED')")
                .param(id)
                .update();
    }

    /// Every volume is verified and the manifest object is written.
    public void sealed(String id, Pack.Grade grade, Pack.Manifest manifest) {
        database.writes()
                .sql("""
                        update packs set state = 'READY', error = null, grade = ?, manifest_key = ?, manifest_version = ?,
                                         manifest_sha256 = ?, sealed_at = ?
                        where id = ? and state = 'SENDING'""")
                .param(grade.name())
                .param(manifest.key())
                .param(manifest.version())
                .param(manifest.sha256())
                .param(clock.millis())
                .param(id)
                .update();
    }

    /// It can be fetched from its source files from now on.
    public void served(String id) {
        database.writes()
                .sql("update packs set state = 'READY', error = null, sealed_at = ? where id = ? and state = 'SENDING'")
                .params(clock.millis(), id)
                .update();
    }

    /// One that is served cannot be fetched now, or can be again.
    ///
    /// @param sentence why not, with the remedy; null: it can
    public void broken(String id, @Nullable String sentence) {
        database.writes()
                .sql("update packs set error = ? where id = ? and state = 'READY' and on_box")
                .param(sentence)
                .param(id)
                .update();
    }

    /// Whoever is about to write what must not be written twice has the pack's row first.
    ///
    /// @return whether it is ready, and stays so until the transaction ends
    public boolean lock(String id) {
        return database.writes()
                        .sql("update packs set state = state where id = ? and state = 'READY'")
                        .param(id)
                        .update()
                > 0;
    }

    /// What is there was looked at again. A copy of which every byte was read back, and right, is proven, unless
    /// nobody knows which manifest says what is right.
    ///
    /// @return false when it is not there any more: then nothing was noted
    public boolean verified(String id, Pack.Verified verified) {
        var proven = verified.how() == Pack.Verified.How.FULL && verified.damage() == null;
        return database.writes()
                        .sql("""
                                update packs set verified_at = ?, verified_how = ?, verified_by = ?, damage = ?,
                                                 grade = case when ? and manifest_sha256 is not null then 'STRONG' else grade end
                                where id = ? and state = 'READY'""")
                        .param(verified.at().toEpochMilli())
                        .param(verified.how().name())
                        .param(verified.by())
                        .param(verified.damage())
                        .param(proven)
                        .param(id)
                        .update()
                > 0;
    }

    /// It cannot go on by itself.
    public void failed(String id, String sentence) {
        database.writes()
                .sql("update packs set state = 'FAILED', error = ? where id = ? and state in ('QUEUED', 'SENDING')")
                .params(sentence, id)
                .update();
    }

    /// What had been sent is removed.
    public void cancelled(String id) {
        database.writes()
                .sql("update packs set state = 'CANCELLED', error = null"
                        + " where id = ? and state not in ('READY', 'PURGED')")
                .param(id)
                .update();
    }

    /// A signed-in person says that it arrived.
    public void markHome(String id, String by) {
        database.writes()
                .sql("update packs set home_at = ?, home_by = ? where id = ? and state = 'READY' and home_at is null")
                .params(clock.millis(), by, id)
                .update();
    }

    /// Its objects are about to be deleted: from now on it counts as no copy and is not given out.
    public boolean purging(String id) {
        return database.writes().sql("""
                                update packs set state = 'PURGED', error = case when on_box then null else error end
                                where id = ? and state not in ('QUEUED', 'SENDING')""").param(id).update() > 0;
    }

    /// Its objects are deleted and seen gone.
    public void bucketPurged(String id) {
        database.writes()
                .sql("update packs set state = 'PURGED', bucket_purged_at = ? where id = ?")
                .params(clock.millis(), id)
                .update();
    }

    /// The data it was made of, and its torrent, are removed.
    public void sourcePurged(String id) {
        database.writes()
                .sql("update packs set source_purged_at = ? where id = ?")
                .params(clock.millis(), id)
                .update();
    }

    public Optional<Pack> find(String id) {
        return database.reads()
                .sql("select * from packs where id = ?")
                .param(id)
                .query(columns::pack)
                .optional();
    }

    /// Those of these ids that there are, by their id, in one question.
    public Map<String, Pack> find(Collection<String> ids) {
        if (ids.isEmpty()) return Map.of();
        return database
                .reads()
                .sql("select * from packs where id in (:ids)")
                .param("ids", ids)
                .query(columns::pack)
                .list()
                .stream()
                .collect(Collectors.toMap(Pack::id, pack -> pack));
    }

    /// A pack that must exist, because a row of ours names it.
    public Pack get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("no pack " + id));
    }

    /// The key of the object that seals it, once it is sealed.
    public Optional<String> manifestKey(String id) {
        return manifest(id).map(Pack.Manifest::key);
    }

    /// The object that seals it, once it is sealed; none on the box.
    public Optional<Pack.Manifest> manifest(String id) {
        return database.reads()
                .sql("select manifest_key, manifest_version, manifest_sha256 from packs"
                        + " where id = ? and manifest_key is not null")
                .param(id)
                .query((row, n) -> new Pack.Manifest(row.getString(1), row.getString(2), row.getString(3)))
                .optional();
    }

    Optional<Pack> repeated(String idempotencyKey) {
        return database.writes()
                .sql("select * from packs where idempotency = ?")
                .param(idempotencyKey)
                .query(columns::pack)
                .optional();
    }

    /// Whether a pack of this download is on its way. What another machine calls the same may be another download.
    boolean onItsWay(Pack.Origin origin) {
        return database.writes()
                        .sql("""
                                select count(*) from packs where download_id = ? and state in ('QUEUED', 'SENDING')
                                    and (root is null or root = ?)""")
                        .param(origin.downloadId())
                        .param(origin.rootName())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /// How many packs are in each state; of those without any there is none.
    public Map<PackState, Long> tallies() {
        var tallies = new HashMap<PackState, Long>();
        database.reads().sql("select state, count(*) from packs group by state").query(row -> {
            tallies.put(PackState.valueOf(row.getString(1)), row.getLong(2));
        });
        return tallies;
    }

    /// The newest first, those before `before` if it is given.
    public List<Pack> newest(int limit, @Nullable Instant before) {
        return database.reads()
                .sql("select * from packs where created_at < ? order by created_at desc, id desc limit ?")
                .params(before == null ? Long.MAX_VALUE : before.toEpochMilli(), limit)
                .query(columns::pack)
                .list();
    }

    /// Which packs are wanted: all, or those of one state, or with this id or part of a name.
    public record Wanted(@Nullable PackState state, String text) {
        private String pattern() {
            return "%" + text.replaceAll("([%_!])", "!$1") + "%";
        }
    }

    /// The packs that come after this place in the list of the newest.
    public List<Pack> older(Wanted wanted, Instant than, String id, int limit) {
        var state = wanted.state() == null ? "" : wanted.state().name();
        return database.reads()
                .sql("""
                        select * from packs where (created_at < :than or (created_at = :than and id < :id))
                            and (:state = '' or state = :state)
                            and (id = :text or lower(name) like lower(:pattern) escape '!')
                        order by created_at desc, id desc limit :limit""")
                .param("than", than.toEpochMilli())
                .param("id", id)
                .param("state", state)
                .param("text", wanted.text())
                .param("pattern", wanted.pattern())
                .param("limit", limit)
                .query(columns::pack)
                .list();
    }

    /// The packs that still read these files, or what lies below or around them: those that are served from them, and
    /// those that are to be sent. One that failed waits for nobody.
    public List<Pack> reading(Pack.Origin origin) {
        var source = origin.source();
        return database.reads().sql("""
                        select * from packs where state in ('QUEUED', 'PLANNED', 'SENDING') or (state = 'READY' and on_box)
                        order by created_at, id""").query(columns::pack).list().stream()
                .filter(pack -> pack.origin().source().startsWith(source)
                        || source.startsWith(pack.origin().source()))
                .filter(pack -> origin.rootName() == null
                        || pack.origin().rootName() == null
                        || origin.rootName().equals(pack.origin().rootName()))
                .toList();
    }
}
