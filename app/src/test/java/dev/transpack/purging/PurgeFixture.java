package dev.transpack.purging;

import dev.transpack.browse.BrowseSettings;
import dev.transpack.browse.Download;
import dev.transpack.browse.Downloads;
import dev.transpack.browse.NamedRoots;
import dev.transpack.browse.PathMap;
import dev.transpack.browse.SizeMeasurer;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.SentPacks;
import dev.transpack.fixtures.TransmissionDaemon;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.jobs.Jobs;
import dev.transpack.nodes.Machine;
import dev.transpack.packing.Pack;
import dev.transpack.settings.InstanceKey;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.ShareLinks;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.transmission.InfoHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Purging with everything real around it: a transmission-daemon and its download folder, an S3 server, a database
/// file. Only the clock is ours, and jobs are run by hand.
final class PurgeFixture implements AutoCloseable {
    static final JobRun RUN = new JobRun() {
        @Override
        public void progress(long doneBytes, long totalBytes) {}

        @Override
        public void check() {}
    };

    final S3Relay relay = S3Relay.before(S3Server.shared());
    final SentPacks sent;
    final TransmissionDaemon daemon;
    /// Where the storage is mounted that other machines mount too, called `nas`; empty: it is not mounted.
    final Path share;
    final SizeMeasurer sizes;
    final Downloads downloads;
    final ShareLinks links;
    final Jobs jobs;
    final PurgeRecords records;
    final PurgePlans plans;
    final Purges purges;
    final PurgePack work;

    PurgeFixture(Path home) throws IOException {
        this(home, Map.of());
    }

    /// @param settings more of the daemon's
    PurgeFixture(Path home, Map<String, Object> settings) throws IOException {
        sent = new SentPacks(Files.createDirectory(home.resolve("data")), relay.endpoint());
        daemon = TransmissionDaemon.start(home, settings);
        sizes = new SizeMeasurer(sent.database(), sent.clock());
        share = Files.createDirectory(home.resolve("share"));
        var shared = List.of(new BrowseSettings.Shared("nas", share));
        var browse = new BrowseSettings(daemon.downloads(), new PathMap(List.of()), shared);
        downloads = new Downloads(
                browse, new NamedRoots(browse, new Machine("box", false)), daemon.client(), sizes, sent.clock());
        links = new ShareLinks(sent.database(), InstanceKey.of(home.resolve("data")), sent.clock());
        jobs = new Jobs(sent.database(), sent.clock());
        records = new PurgeRecords(sent.database(), sent.clock());
        var kept = new KeptTorrents(sent.database(), sent.clock());
        var volumes = new StoredVolumes(sent.database(), sent.clock());
        var rows = new PurgePack.Rows(sent.database(), sent.packs(), links, volumes, records);
        var parts = new PurgeParts(rows, sent.files(), kept, daemon.client(), downloads, name -> sent.store());
        plans = parts.plans(new PurgeSettings(Duration.ofDays(7)), sent.clock());
        purges = new Purges(sent.database(), sent.packs(), plans, records, jobs);
        work = parts.work(plans, sent.clock());
    }

    /// The download folder.
    Path folder() {
        return daemon.downloads();
    }

    /// Packs a download, whole, and stores it; where it lies is noted.
    String send(String download) {
        var id = sent.send(row(download));
        sent.database()
                .writes()
                .sql("insert into pack_places (pack_id, endpoint, bucket) values (?, 'test', ?)")
                .params(id, sent.bucket())
                .update();
        return id;
    }

    /// A node that lives and sees the download folder.
    void node(String name, String transmission) {
        var now = sent.clock().millis();
        sent.database()
                .writes()
                .sql("""
                        insert into nodes (id, name, host, pid, process_started_at, version, daemon, serves, works,
                                           started_at, seen_at)
                        values (?, ?, ?, 1, 1, '1', ?, ?, ?, ?, ?)""")
                .params(name, name, name, transmission, true, true, now, now)
                .update();
        sent.database()
                .writes()
                .sql("insert into node_roots (node_id, root, seen) values (?, ?, ?)")
                .params(name, root(), true)
                .update();
    }

    /// What nodes call the download folder.
    String root() {
        return "box:" + real(folder());
    }

    /// Changes a pack's row.
    void set(String pack, String columns) {
        sent.database()
                .writes()
                .sql("update packs set " + columns + " where id = ?")
                .param(pack)
                .update();
    }

    /// The request for a download as browsing shows it now.
    PackRow row(String download) {
        return PackRow.of(the(download), real(folder().resolve(download)));
    }

    Pack pack(String id) {
        return sent.get(id);
    }

    /// What was kept of a pack's torrent; labels as they stand in the row.
    record Kept(String infoHash, String downloadDir, String labels, Optional<byte[]> metainfo) {}

    Optional<Kept> kept(String pack) {
        return sent.database()
                .reads()
                .sql("select info_hash, download_dir, labels, torrent from kept_torrents where pack_id = ?")
                .param(pack)
                .query((row, n) -> new Kept(
                        row.getString(1), row.getString(2), row.getString(3), Optional.ofNullable(row.getBytes(4))))
                .optional();
    }

    void markHome(String id) {
        sent.packs().markHome(id, "ann");
    }

    String link(String pack) {
        var answer = (LinkAnswer.Created) links.create(pack(pack), LinkLifetime.DEFAULT, "ann");
        return answer.link().id();
    }

    PurgePlan plan(String pack, PurgeFrom... from) throws Exception {
        return plans.plan(pack(pack), Set.of(from));
    }

    /// The reasons against it.
    List<PurgeRefusal.Reason> reasons(String pack, PurgeFrom... from) throws Exception {
        return plan(pack, from).refusals().stream().map(PurgeRefusal::reason).toList();
    }

    /// Asks, which must be accepted, and does it.
    Purge purge(String pack, PurgeFrom... from) throws Exception {
        var id = accepted(pack, null, from);
        run(id);
        return records.find(id).orElseThrow();
    }

    /// Asks as somebody who has just read the plan, which must be accepted.
    ///
    /// @param typed null overrides nothing
    String accepted(String pack, String typed, PurgeFrom... from) throws Exception {
        var override = typed == null ? null : new PurgeOverride(typed, Set.copyOf(reasons(pack, from)));
        return switch (purges.purge(pack(pack), Set.of(from), override, "ann")) {
            case PurgeAnswer.Accepted(var id, var plan) -> id;
            case PurgeAnswer.Refused(var plan, var unseen) -> throw new AssertionError("refused: " + plan.refusals());
        };
    }

    void run(String purge) throws Exception {
        work.run(new PurgePack.Payload(purge), RUN);
    }

    /// Runs until the given number of looks at whether to go on, and dies there as a crash would.
    ///
    /// @return whether it died
    boolean crashAt(String purge, int look) throws Exception {
        try {
            work.run(new PurgePack.Payload(purge), new Crash(look));
            return false;
        } catch (Crashed e) {
            return true;
        }
    }

    boolean hasTorrent(InfoHash hash) throws IOException {
        return daemon.client().torrent(hash).isPresent();
    }

    /// Keys in the bucket below a pack's id.
    List<String> objects(String pack) {
        return S3Server.shared().filesIn(sent.bucket()).stream()
                .filter(name -> name.contains(pack))
                .toList();
    }

    /// Everything below a folder, links not followed.
    static List<String> tree(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return List.of();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> folder.relativize(path).toString()).sorted().toList();
        }
    }

    @Override
    public void close() {
        downloads.close();
        sizes.close();
        daemon.close();
        sent.close();
        relay.close();
    }

    private Download the(String name) {
        downloads.forget();
        return downloads.list().downloads().stream()
                .filter(download -> download.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// A crash, as no code expects it.
    static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// A run that dies at its n-th look.
    static final class Crash implements JobRun {
        private int left;

        Crash(int look) {
            this.left = look;
        }

        @Override
        public void progress(long doneBytes, long totalBytes) throws JobInterrupted {
            check();
        }

        @Override
        public void check() throws JobInterrupted {
            if (left-- == 0) throw new Crashed();
        }

        @Override
        public void commit(Runnable rows) {
            rows.run();
        }
    }
}
