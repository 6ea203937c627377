package dev.transpack.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.browse.BrowseQuery;
import dev.transpack.browse.BrowseSettings;
import dev.transpack.browse.DownloadId;
import dev.transpack.browse.Downloads;
import dev.transpack.browse.Location;
import dev.transpack.browse.NamedRoots;
import dev.transpack.browse.PathMap;
import dev.transpack.browse.SizeMeasurer;
import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Folders;
import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobPriority;
import dev.transpack.jobs.Jobs;
import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import dev.transpack.librar.NameWarning;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.nodes.Machine;
import dev.transpack.settings.InstanceKey;
import dev.transpack.settings.Secret;
import dev.transpack.settings.SettingsReader;
import dev.transpack.settings.SettingsSource;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackingTest {
    @TempDir
    Path home;

    private Path film;
    private Database database;
    private Transmission transmission;
    private SizeMeasurer sizes;
    private Downloads downloads;
    private Packs packs;
    private Jobs jobs;
    private Packing packing;
    private Planning planning;

    @BeforeEach
    void open() {
        film = Folders.film(home.resolve("downloads"), "Film");
        var clock = InstantSource.system();
        var settings = new SettingsReader(SettingsSource.of(
                Map.of("downloads.dir", home.resolve("downloads").toString())));
        database = Database.open(DatabaseSettings.file(home.resolve("t.db")));
        transmission = new Transmission(TransmissionSettings.NONE);
        sizes = new SizeMeasurer(database, clock);
        var browse = BrowseSettings.read(settings);
        downloads = new Downloads(browse, new NamedRoots(browse, new Machine("box", true)), transmission, sizes, clock);
        packs = new Packs(database, clock);
        jobs = new Jobs(database, clock);
        var destinations = new DestinationNames(List.of("box"), Optional.of("box"), Optional.empty());
        var secrets = new PackSecrets(database, InstanceKey.of(home));
        planning = new Planning(database, packs, new PackFiles(database), PackSettings.read(settings, home), secrets);
        packing = new Packing(database, downloads, packs, jobs, destinations, planning);
    }

    @AfterEach
    void close() {
        sizes.close();
        transmission.close();
        database.close();
    }

    @Test
    void aRequestIsAPackAndAJobAndARepeatedOneIsTheSamePack() {
        var first = accepted(packing.request(request(), "ann", "key"));
        var second = accepted(packing.request(request(), "ann", "key"));
        assertThat(second).isEqualTo(first);
        assertThat(first.state()).isEqualTo(PackState.QUEUED);
        assertThat(jobs.latest(first.id())).isPresent();
        assertThat(jobs.active(10)).hasSize(1);
    }

    /// A node that has the same files elsewhere finds them there.
    @Test
    void aPackRemembersItsRootAndWhereItLiesBelow() {
        var pack = accepted(packing.request(request(), JobPriority.HIGH, "ann", null));
        var root = pack.origin().rootName();
        assertThat(root).isEqualTo("box:" + film.getParent());
        var job = jobs.latest(pack.id()).orElseThrow();
        assertThat(job.turn()).isEqualTo(new Job.Turn(JobPriority.HIGH, root, null));
        var mounted = Path.of("/mnt/nas");
        var elsewhere = new Packs(database, InstantSource.system(), name -> Optional.of(mounted));
        assertThat(elsewhere.get(pack.id()).origin().source()).isEqualTo(mounted.resolve("Film"));
        assertThat(packs.get(pack.id()).origin().source()).isEqualTo(film);
    }

    /// As the guide recommends for storage that other machines mount too.
    @Test
    void aDownloadThatWasSentIsTheSameWhenItsFolderIsSharedLater() throws Exception {
        var sent = accepted(packing.request(request(), "ann", null));
        var folder = film.getParent();
        var settings =
                new BrowseSettings(folder, new PathMap(List.of()), List.of(new BrowseSettings.Shared("nas", folder)));
        var roots = new NamedRoots(settings, new Machine("box", false));
        downloads = new Downloads(settings, roots, transmission, sizes, InstantSource.system());
        var destinations = new DestinationNames(List.of("box"), Optional.of("box"), Optional.empty());
        packing = new Packing(database, downloads, packs, jobs, destinations, planning);
        assertThat(new LatestPacks(database, roots::folder).of(List.of(request().download())))
                .isEmpty();

        new FormerPacks(database, roots).follow();
        new FormerPacks(database, roots).follow();

        assertThat(new LatestPacks(database, roots::folder).of(List.of(request().download())))
                .containsOnlyKeys(request().download());
        assertThat(refused(packing.request(request(), "ann", null)).reason())
                .isEqualTo(PackAnswer.Reason.ALREADY_SENDING);
        var origin = packs.get(sent.id()).origin();
        renamed(folder);
        assertThat(packs.get(sent.id()).origin().rootName()).isEqualTo("storage");
        assertThat(packs.get(sent.id()).origin().downloadId()).isNotEqualTo(origin.downloadId());
        assertThat(origin.root()).isEqualTo(new NamedRoots.Named("nas", folder));
        assertThat(downloads.locate(new DownloadId(origin.downloadId())))
                .as("what a purge of its source asks")
                .isInstanceOfSatisfying(
                        Location.Ready.class, found -> assertThat(found.path()).isEqualTo(origin.source()));
    }

    /// The new name stands before the old one.
    private void renamed(Path folder) {
        var names = Stream.of("storage", "nas")
                .map(name -> new BrowseSettings.Shared(name, folder))
                .toList();
        var settings = new BrowseSettings(folder, new PathMap(List.of()), names);
        new FormerPacks(database, new NamedRoots(settings, new Machine("box", false))).follow();
    }

    /// Two machines may call two downloads the same.
    @Test
    void whatIsOnItsWayFromAnotherRootIsAnotherDownload() {
        var first = accepted(packing.request(request(), "ann", null));
        database.writes()
                .sql("update packs set root = 'other:/downloads' where id = ?")
                .param(first.id())
                .update();
        assertThat(accepted(packing.request(request(), "ann", null)).id()).isNotEqualTo(first.id());
        assertThat(packs.reading(first.origin())).hasSize(1);
    }

    @Test
    void aDownloadThatIsOnItsWayIsNotSentTwice() {
        accepted(packing.request(request(), "ann", null));
        assertThat(refused(packing.request(request(), "ben", null)).reason())
                .isEqualTo(PackAnswer.Reason.ALREADY_SENDING);
    }

    @Test
    void aChoiceThatLeavesNothingIsRefusedByName() {
        var wish = new PackRequest(
                request().download(), null, null, PackForm.USUAL, null, List.of("subs"), List.of("*.srt", "x"), true);
        var pack = accepted(packing.request(wish, "ann", null));
        assertThatThrownBy(() -> planning.plan(pack))
                .hasMessage("No file is left to pack: '*.srt', 'x' leave out all there is in 'subs'.");
    }

    @Test
    void whatCannotBePackedIsRefusedInASentence() {
        assertThat(refused(packing.request(PackRequest.of("../../etc"), "ann", null))
                        .reason())
                .isEqualTo(PackAnswer.Reason.NO_SUCH_DOWNLOAD);
        var id = request().download();
        var tiny =
                new PackRequest(id, null, null, new PackForm(null, 1L, null, null), null, List.of(), List.of(), true);
        assertThat(refused(packing.request(tiny, "ann", null)).why()).contains("5 MiB");
        var elsewhere = new PackRequest(id, "moon", null, PackForm.USUAL, null, List.of(), List.of(), true);
        assertThat(refused(packing.request(elsewhere, "ann", null)).why()).contains("no destination 'moon'");
        var pattern = new PackRequest(id, null, null, PackForm.USUAL, null, List.of(), List.of("["), true);
        assertThat(refused(packing.request(pattern, "ann", null)).why()).contains("not a pattern: [");
    }

    @Test
    void aPackThatIsOnlyLaidOutWaitsUntilItIsAskedFor() {
        var planned = accepted(packing.request(
                new PackRequest(request().download(), null, null, PackForm.USUAL, null, List.of(), List.of(), false),
                "ann",
                null));
        assertThat(packing.upload(planned.id())).isFalse();
        packs.planned(planned.id());
        assertThat(packing.upload(planned.id())).isTrue();
        assertThat(packs.get(planned.id()).state()).isEqualTo(PackState.QUEUED);
    }

    @Test
    void aPurgedPackIsNotSentAgain() {
        var pack = accepted(packing.request(request(), "ann", null));
        packs.bucketPurged(pack.id());
        assertThat(packing.retry(pack.id())).isFalse();
        assertThat(packs.get(pack.id()).state()).isEqualTo(PackState.PURGED);
    }

    @Test
    void aFailedPackCanBeCancelledAndOneThatWasOnlyLaidOutIsAtOnce() {
        var pack = accepted(packing.request(request(), "ann", null));
        packs.failed(pack.id(), "broken");
        assertThat(packing.cancel(pack.id())).isTrue();
        packs.cancelled(pack.id());
        var planned = accepted(packing.request(request(), "ann", null));
        packs.planned(planned.id());
        assertThat(packing.cancel(planned.id())).isTrue();
        assertThat(packs.get(planned.id()).state()).isEqualTo(PackState.CANCELLED);
        assertThat(packing.cancel(planned.id())).isFalse();
    }

    @Test
    void aFileThatIsAskedForByNameAndIsNotThereIsNamed() throws Exception {
        var wanted = new PackRequest(
                request().download(), null, null, PackForm.USUAL, null, List.of("subs", "nope.mkv"), List.of(), true);
        var pack = accepted(packing.request(wanted, "ann", null));
        assertThatThrownBy(() -> planning.plan(pack))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("Nothing here is called 'nope.mkv'");
    }

    @Test
    void aRequestWithTooManyOrTooLongPathsIsRefusedInASentence() {
        var many = Collections.nCopies(1_001, "subs");
        assertThat(refused(only(many)).why())
                .isEqualTo("A request names at most 1,000 paths, not 1001: choose the folders that hold them instead.");
        assertThat(refused(exclude(many)).why()).contains("1,000 patterns to leave out", "Sample/");
        assertThat(refused(only(List.of("x".repeat(4_097)))).why())
                .contains("at most 4,096 bytes", "'" + "x".repeat(40));
        assertThat(only(Collections.nCopies(1_000, "subs"))).isInstanceOf(PackAnswer.Accepted.class);
    }

    @Test
    void aSealedPackIsNeverTakenForSendingAgain() {
        var pack = accepted(packing.request(request(), "ann", null));
        assertThat(packs.sending(pack.id())).isTrue();
        assertThat(packs.purging(pack.id())).isFalse();
        packs.sealed(pack.id(), Pack.Grade.STRONG, new Pack.Manifest("key", null, null));
        assertThat(packs.sending(pack.id())).isFalse();
        assertThat(packing.cancel(pack.id())).isFalse();
        assertThat(packing.retry(pack.id())).isFalse();
        assertThat(packs.purging(pack.id())).isTrue();
    }

    @Test
    void thePlanIsTheSameEveryTimeAndAChangedFileIsNamed() throws Exception {
        var pack = accepted(packing.request(request(), "ann", null));
        var first = planning.plan(pack);
        planning.remember(pack, RecoveryPlan.none(first));
        assertThat(planning.plan(packs.get(pack.id())).fingerprint()).isEqualTo(first.fingerprint());
        assertThat(packs.get(pack.id()).contents().totalBytes()).isEqualTo(first.length());
        Files.writeString(film.resolve("subs/en.srt"), "other words");
        assertThatThrownBy(() -> planning.plan(packs.get(pack.id())))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("'Film/subs/en.srt' is no longer what it was");
    }

    @Test
    void anotherFormIsNamedAsSuch() throws Exception {
        var pack = accepted(packing.request(request(), "ann", null));
        planning.remember(pack, RecoveryPlan.none(planning.plan(pack)));
        database.writes()
                .sql("update packs set request = replace(request, '524288000', '5242880') where id = ?")
                .param(pack.id())
                .update();
        assertThatThrownBy(() -> planning.plan(packs.get(pack.id())))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("another form");
    }

    @Test
    void theUsualPresetsAreThoseOfTheTimeItWasAccepted() throws Exception {
        Files.writeString(film.resolve(".DS_Store"), "junk");
        var settings = new SettingsReader(SettingsSource.of(Map.of("pack.exclude", "samples, junk")));
        var secrets = new PackSecrets(database, InstanceKey.of(home));
        var usual = PackSettings.read(settings, home);
        settings.check();
        var other = new Planning(database, packs, new PackFiles(database), usual, secrets);
        var names = new DestinationNames(List.of("box"), Optional.of("box"), Optional.empty());
        var pack =
                accepted(new Packing(database, downloads, packs, jobs, names, other).request(request(), "ann", null));
        assertThat(pack.request().presets()).containsExactly(ExcludePreset.SAMPLES, ExcludePreset.JUNK);
        assertThat(planning.plan(pack).fingerprint()).isEqualTo(other.plan(pack).fingerprint());
        assertThat(planning.plan(pack).entries()).extracting(Entry::name).doesNotContain("Film/.DS_Store");
        assertThat(packs.get(pack.id()).contents().leftOut()).isEqualTo(new LeftOut(1, 4));
        planning.remember(pack, RecoveryPlan.none(planning.plan(pack)));
        Files.delete(film.resolve(".DS_Store"));
        assertThatThrownBy(() -> planning.plan(packs.get(pack.id()))).hasMessageContaining("no longer what it was");
        assertThat(packs.get(pack.id()).contents().leftOut()).isEqualTo(new LeftOut(1, 4));
        Files.writeString(film.resolve(".DS_Store"), "junk");
        packs.queued(pack.id());
        packing.cancel(pack.id());
        packs.cancelled(pack.id());
        var before = accepted(packing.request(request(), "ann", null));
        assertThat(other.plan(before).entries()).extracting(Entry::name).contains("Film/.DS_Store");
    }

    @Test
    void portableNamesAreThoseOfTheArchiveAndAnotherForm() throws Exception {
        Files.writeString(film.resolve("What?.txt"), "odd");
        var pack = accepted(packing.request(request(), "ann", null));
        var plain = planning.plan(pack);
        planning.remember(pack, RecoveryPlan.none(plain));
        assertThat(packs.get(pack.id()).contents().warnings()).isEqualTo(1);
        assertThat(new PackFiles(database).warnings(pack.id()))
                .containsExactly(new NameWarning("Film/What?.txt", "Windows cannot hold this name"));
        database.writes()
                .sql(
                        "update packs set request = replace(request, '\"recovery\":0', '\"recovery\":0,\"portableNames\":true')"
                                + " where id = ?")
                .param(pack.id())
                .update();
        var portable = packs.get(pack.id());
        assertThatThrownBy(() -> planning.plan(portable)).hasMessageContaining("another form");
        var files = new PackFiles(database);
        assertThat(files.list(pack.id(), 0, 100))
                .extracting(PackFiles.PackFile::path)
                .contains("Film/What?.txt");
        assertThat(files.inArchive(portable, 0, 100))
                .extracting(PackFiles.PackFile::path)
                .contains("Film/What_.txt")
                .hasSameSizeAs(plain.entries());
        assertThat(files.inArchive(portable, 1, 1)).hasSize(1);
    }

    @Test
    void aPasswordIsKeptSealedAndForgottenWhenThePackIsPurged() {
        var asked = new PackRequest(
                request().download(), null, null, PackForm.USUAL, new Secret("hunter2"), List.of(), List.of(), true);
        var pack = accepted(packing.request(asked, "ann", null));
        assertThat(column(pack)).isNotNull().doesNotContain("hunter2");
        PackSecrets.forget(database, pack.id());
        assertThat(column(pack)).isNull();
        assertThatThrownBy(() -> planning.secret(pack)).hasMessageContaining("not kept any more");

        var tar = new PackForm(PackFormat.TAR, null, null, null);
        var open = new PackRequest(
                request().download(), null, null, tar, new Secret("hunter2"), List.of(), List.of(), true);
        assertThat(refused(packing.request(open, "ann", null)).why()).contains("The format tar has no password");
    }

    private @Nullable String column(Pack pack) {
        return database.reads()
                .sql("select password from pack_secrets where pack_id = ?")
                .param(pack.id())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private PackAnswer only(List<String> paths) {
        return packing.request(
                new PackRequest(request().download(), null, null, PackForm.USUAL, null, paths, List.of(), true),
                "ann",
                null);
    }

    private PackAnswer exclude(List<String> patterns) {
        return packing.request(
                new PackRequest(request().download(), null, null, PackForm.USUAL, null, List.of(), patterns, true),
                "ann",
                null);
    }

    private PackRequest request() {
        var page = downloads.list(BrowseQuery.newest(10));
        return PackRequest.of(page.downloads().getFirst().id().value());
    }

    private static Pack accepted(PackAnswer answer) {
        return ((PackAnswer.Accepted) answer).pack();
    }

    private static PackAnswer.Refused refused(PackAnswer answer) {
        return (PackAnswer.Refused) answer;
    }
}
