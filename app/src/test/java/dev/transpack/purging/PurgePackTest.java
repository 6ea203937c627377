package dev.transpack.purging;

import static dev.transpack.purging.PurgeFrom.BUCKET;
import static dev.transpack.purging.PurgeFrom.DISK;
import static dev.transpack.purging.PurgeFrom.TORRENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TestTorrent;
import dev.transpack.jobs.JobSettings;
import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Worker;
import dev.transpack.nodes.Here;
import dev.transpack.nodes.Sight;
import dev.transpack.packing.PackState;
import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.transmission.InfoHash;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.PartBody;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What goes, and that nothing else does.
@Timeout(180)
class PurgePackTest {
    @TempDir
    Path home;

    private PurgeFixture purging;

    @BeforeEach
    void start() throws Exception {
        purging = new PurgeFixture(home);
    }

    @AfterEach
    void stop() {
        purging.close();
    }

    @Test
    void everythingGoesAndNothingElse() throws Exception {
        var hash = seed("Sintel");
        var neighbour = seed("Sintel 2");
        Folders.film(purging.folder(), "Sint");
        var id = purging.send("Sintel");
        var other = purging.send("Sintel 2");
        var link = purging.link(id);
        var otherLink = purging.link(other);
        var stranger = stranger(id);
        var othersObjects = purging.objects(other);
        var neighbours = PurgeFixture.tree(purging.folder().resolve("Sintel 2"));
        purging.markHome(id);

        var purge = purging.purge(id, BUCKET, DISK, TORRENT);

        assertThat(purging.links.get(link).orElseThrow().revoked()).isNotNull();
        assertThat(purging.objects(id)).containsExactly(stranger);
        assertThat(purging.folder().resolve("Sintel")).doesNotExist();
        assertThat(purging.hasTorrent(hash)).isFalse();
        assertThat(purging.pack(id).state()).isEqualTo(PackState.PURGED);
        assertThat(purging.pack(id).times().bucketPurged()).isNotNull();
        assertThat(purging.pack(id).times().sourcePurged()).isNotNull();
        assertThat(purge.finished()).isNotNull();
        assertThat(purge.record().failure()).isNull();
        assertThat(purge.record().remains()).isEmpty();
        assertThat(kinds(purge, Kind.LINK)).containsExactly(link);
        assertThat(kinds(purge, Kind.OBJECT)).hasSize(4).allMatch(key -> key.contains(id));
        assertThat(kinds(purge, Kind.TORRENT)).containsExactly(hash.value());
        assertThat(kinds(purge, Kind.DATA)).hasSize(1);

        assertThat(purging.links.get(otherLink).orElseThrow().revoked()).isNull();
        assertThat(purging.objects(other)).isEqualTo(othersObjects);
        assertThat(purging.hasTorrent(neighbour)).isTrue();
        assertThat(PurgeFixture.tree(purging.folder().resolve("Sintel 2"))).isEqualTo(neighbours);
        assertThat(purging.folder().resolve("Sint/film.mkv")).exists();
    }

    @Test
    void theTorrentIsKeptSoThatItCanBeHadAgain() throws Exception {
        var hash = seed("Sintel");
        var id = purging.send("Sintel");
        purging.purge(id, DISK, TORRENT);
        var kept = purging.kept(id).orElseThrow();
        assertThat(kept.infoHash()).isEqualTo(hash.value());
        assertThat(kept.downloadDir()).isEqualTo(purging.folder().toString());
        assertThat(kept.labels()).isEqualTo("[]");
        purging.daemon.client().add(kept.metainfo().orElseThrow(), kept.downloadDir(), true, List.of());
        assertThat(purging.hasTorrent(hash)).isTrue();
    }

    @Test
    void theSourceGoesAndTheCopyWithItsLinksStays() throws Exception {
        var hash = seed("Sintel");
        var id = purging.send("Sintel");
        var link = purging.link(id);
        var before = purging.objects(id);
        purging.purge(id, DISK, TORRENT);
        assertThat(purging.hasTorrent(hash)).isFalse();
        assertThat(PurgeFixture.tree(purging.folder())).containsExactly("");
        assertThat(purging.objects(id)).isEqualTo(before);
        assertThat(purging.links.get(link).orElseThrow().revoked()).isNull();
        assertThat(purging.pack(id).state()).isEqualTo(PackState.READY);
    }

    @Test
    void theBucketGoesAndTheSourceStays() throws Exception {
        var hash = seed("Sintel");
        var id = purging.send("Sintel");
        var before = PurgeFixture.tree(purging.folder());
        purging.purge(id, BUCKET);
        assertThat(purging.objects(id)).isEmpty();
        assertThat(PurgeFixture.tree(purging.folder())).isEqualTo(before);
        assertThat(purging.hasTorrent(hash)).isTrue();
    }

    @Test
    void theTorrentGoesAndItsDataStays() throws Exception {
        var hash = seed("Sintel");
        var id = purging.send("Sintel");
        var before = PurgeFixture.tree(purging.folder());
        purging.purge(id, TORRENT);
        assertThat(purging.hasTorrent(hash)).isFalse();
        assertThat(PurgeFixture.tree(purging.folder())).isEqualTo(before);
        assertThat(purging.pack(id).times().sourcePurged()).isNull();
    }

    @Test
    void filesBesideTheTorrentsOwnGoWithItWhenTheyWerePackedToo() throws Exception {
        var torrent = TestTorrent.of(Folders.film(purging.folder(), "Sintel"));
        Folders.file(purging.folder(), "Sintel/added by hand.srt", 10);
        var hash = purging.daemon.seed(torrent);
        var id = purging.send("Sintel");
        purging.purge(id, DISK, TORRENT);
        assertThat(purging.hasTorrent(hash)).isFalse();
        assertThat(purging.folder().resolve("Sintel")).doesNotExist();
    }

    @Test
    void aSingleFileGoesToo() throws Exception {
        Folders.file(purging.folder(), "alone.mkv", 5_000);
        Folders.file(purging.folder(), "alone.mkv.nfo", 5);
        var id = purging.send("alone.mkv");
        purging.purge(id, DISK);
        assertThat(PurgeFixture.tree(purging.folder())).containsExactly("", "alone.mkv.nfo");
    }

    @Test
    void linksInsideTheSourceGoAndWhatTheyPointAtStays() throws Exception {
        var outside = Folders.film(home, "outside");
        var film = Folders.film(purging.folder(), "Sintel");
        Files.createSymbolicLink(film.resolve("folder"), outside);
        Files.createSymbolicLink(film.resolve("file"), outside.resolve("film.mkv"));
        Files.createSymbolicLink(film.resolve("dangling"), Path.of("nowhere"));
        var before = PurgeFixture.tree(outside);
        var id = purging.send("Sintel");
        purging.purge(id, DISK);
        assertThat(film).doesNotExist();
        assertThat(PurgeFixture.tree(outside)).isEqualTo(before);
    }

    @Test
    void aFolderThatBecameALinkIsNotEntered() throws Exception {
        var outside = Folders.film(home, "outside");
        var film = Folders.film(purging.folder(), "Sintel");
        var packed = purging.sent.files().list(purging.send("Sintel"), 0, 100);
        Files.move(film.resolve("subs"), home.resolve("subs"));
        Files.createSymbolicLink(film.resolve("subs"), outside);
        var left = new EntryRemoval(packed, true, PurgeFixture.RUN).remove(film.toRealPath());
        assertThat(left.foreign()).containsExactly("'Sintel/subs' (it is something else now)");
        assertThat(PurgeFixture.tree(outside)).contains("film.mkv", "subs/en.srt");
        assertThat(PurgeFixture.tree(film)).containsExactly("", "subs");
    }

    @Test
    void strangersAndChangedFilesAreLeftEvenAtTheLastMoment() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var packed = purging.sent.files().list(purging.send("Sintel"), 0, 100);
        Files.writeString(film.resolve("stranger"), "came late");
        Files.writeString(film.resolve("empty.nfo"), "changed late");
        var left = new EntryRemoval(packed, false, PurgeFixture.RUN).remove(film.toRealPath());
        assertThat(left.failed()).isEmpty();
        assertThat(left.foreign())
                .containsExactlyInAnyOrder(
                        "'Sintel/stranger' (it is not in the pack)",
                        "'Sintel/empty.nfo' (it was changed since it was packed)");
        assertThat(PurgeFixture.tree(film)).containsExactly("", "empty.nfo", "stranger");
    }

    @Test
    void hostileNamesHarmNobody() throws Exception {
        for (var name : List.of("$(touch x)", "\"; rm -rf .", "-rf", "a\nb", "😀é", "..x"))
            Folders.film(purging.folder(), name);
        var before = PurgeFixture.tree(purging.folder()).size();
        var ids = purging.downloads.list().downloads().stream()
                .map(download -> purging.send(download.name()))
                .toList();
        assertThat(ids).hasSize(6);
        for (var id : ids) purging.purge(id, DISK);
        assertThat(before).isGreaterThan(30);
        assertThat(PurgeFixture.tree(purging.folder())).containsExactly("");
    }

    @Test
    void aCrashBetweenAnyTwoStepsIsGoneOnFrom() throws Exception {
        for (var look = 0; ; look++) {
            var name = "Crash " + look;
            var hash = seed(name);
            var id = purging.send(name);
            purging.link(id);
            purging.markHome(id);
            var purge = purging.accepted(id, null, BUCKET, DISK, TORRENT);
            var crashed = purging.crashAt(purge, look);
            if (crashed) purging.run(purge);
            assertThat(purging.objects(id)).isEmpty();
            assertThat(purging.hasTorrent(hash)).isFalse();
            assertThat(purging.folder().resolve(name)).doesNotExist();
            assertThat(purging.records.find(purge).orElseThrow().record().went())
                    .hasSize(7)
                    .doesNotHaveDuplicates();
            assertThat(purging.kept(id).orElseThrow().metainfo()).isPresent();
            purging.run(purge);
            if (crashed) continue;
            assertThat(look).isGreaterThan(4);
            return;
        }
    }

    @Test
    void aCrashInTheMiddleOfTheDataIsGoneOnFrom() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK);
        new PurgeProgress(
                        purging.records.find(purge).orElseThrow(),
                        purging.records,
                        purging.sent.clock(),
                        PurgeFixture.RUN)
                .beginsSource();
        Files.delete(film.resolve("film.mkv"));
        purging.run(purge);
        assertThat(film).doesNotExist();
    }

    @Test
    void aWorkerDoesIt() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.jobs.register(PurgePack.KIND, purging.work, PurgePack.RETRY);
        var purge = purging.accepted(id, null, BUCKET);
        try (var worker = new Worker(
                purging.sent.database(),
                purging.jobs,
                new JobSettings(1),
                new Here("node", "node", Sight.NONE),
                purging.sent.clock())) {
            worker.start();
            Eventually.until(
                    "the job is done",
                    () -> purging.jobs.latest(purge).orElseThrow().state() == JobState.DONE);
        }
        assertThat(purging.objects(id)).isEmpty();
        assertThat(purging.jobs.latest(id)).isEmpty();
    }

    /// An object that somebody else put beside the pack's own.
    private String stranger(String pack) throws Exception {
        var key = ObjectKey.of("some/prefix", pack, "not ours.txt");
        purging.sent.store().put(key, PartBody.of(ByteBuffer.allocate(3), PartBody.Pace.UNLIMITED), "text/plain");
        return key.value();
    }

    private InfoHash seed(String name) {
        Folders.film(purging.folder(), name);
        return purging.daemon.seed(name);
    }

    private static List<String> kinds(Purge purge, Kind kind) {
        return purge.record().went().stream()
                .filter(gone -> gone.kind() == kind)
                .map(PurgeRecord.Went::what)
                .toList();
    }
}
