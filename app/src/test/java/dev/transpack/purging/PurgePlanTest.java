package dev.transpack.purging;

import static dev.transpack.purging.PurgeFrom.BUCKET;
import static dev.transpack.purging.PurgeFrom.DISK;
import static dev.transpack.purging.PurgeFrom.TORRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TestTorrent;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackForm;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore.ObjectVersion;
import dev.transpack.uploading.PartBody;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every rule from both sides: what is allowed with it kept, is refused with it broken.
@Timeout(120)
class PurgePlanTest {
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
    void thePlanNamesExactlyWhatGoesAndWhatStays() throws Exception {
        var torrent = seeded("Sintel");
        var id = purging.send("Sintel");
        var link = purging.link(id);
        purging.markHome(id);
        var plan = purging.plan(id, BUCKET, DISK, TORRENT);
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.steps().links()).containsExactly(link);
        assertThat(plan.steps().bucket().objects())
                .extracting(PurgePlan.DoomedObject::key)
                .containsExactlyInAnyOrderElementsOf(purging.objects(id));
        assertThat(plan.steps().bucket().objects().getFirst().key()).endsWith("manifest.json");
        assertThat(plan.steps().source().torrent().infoHash()).isEqualTo(torrent);
        assertThat(plan.steps().source().path())
                .isEqualTo(purging.folder().toRealPath().resolve("Sintel").toString());
        assertThat(plan.steps().source().entries())
                .describedAs("files, without folders")
                .isEqualTo(3);
        assertThat(plan.freed().disk()).isEqualTo(151_000);
        assertThat(plan.freed().bucket()).isGreaterThan(151_000);
        assertThat(plan.proof()).singleElement().asString().startsWith("ann marked the pack as home on ");
        assertThat(purging.objects(id)).isNotEmpty();
        assertThat(purging.links.get(link).orElseThrow().revoked()).isNull();
    }

    @Test
    void theSourceMayGoWithAStrongCopyInTheBucket() throws Exception {
        seeded("Sintel");
        var id = purging.send("Sintel");
        var plan = purging.plan(id, DISK, TORRENT);
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.steps().bucket()).isNull();
        assertThat(plan.steps().links()).isEmpty();
        assertThat(plan.freed().bucket()).isZero();
        assertThat(plan.proof()).singleElement().asString().contains("all 4 objects are in s3://");
        assertThat(plan.stays()).anyMatch(line -> line.contains("as undo"));
    }

    @Test
    void aCopyThatWasFoundDamagedProvesNothingUntilItIsFoundWhole() throws Exception {
        seeded("Sintel");
        var id = purging.send("Sintel");
        var now = purging.sent.clock().instant();
        var damaged = new Pack.Verified(now, Pack.Verified.How.QUICK, "ann", "'Sintel.part1.rar' is missing.");
        purging.sent.packs().verified(id, damaged);
        assertThat(purging.plan(id, DISK, TORRENT).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.COPY_NOT_WHOLE);
            assertThat(refusal.sentence()).endsWith("found the copy damaged: 'Sintel.part1.rar' is missing.");
        });
        purging.sent.packs().verified(id, new Pack.Verified(now, Pack.Verified.How.FULL, "ann", null));
        var plan = purging.plan(id, DISK, TORRENT);
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.proof()).singleElement().asString().startsWith("Every byte was read back on ");
    }

    @Test
    void aSampledCopyIsNotEnoughForTheSource() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.send(purging.row("Sintel"), Pack.Grade.SAMPLED);
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.COPY_NOT_PROVEN);
    }

    @Test
    void aPackThatIsNotSealedIsNoCopy() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.planned(purging.row("Sintel"));
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.IN_PROGRESS, Reason.COPY_NOT_PROVEN);
        purging.sent.packs().failed(id, "broken");
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.COPY_NOT_PROVEN);
    }

    @Test
    void aPackOnItsWayIsLeftAlone() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.planned(purging.row("Sintel"));
        assertThat(purging.reasons(id, BUCKET)).containsExactly(Reason.IN_PROGRESS);
        assertThat(purging.plan(id, BUCKET).overridable()).isFalse();
    }

    @Test
    void anObjectThatIsMissingOrReplacedNowProvesNothing() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var volume = key(id, "Sintel.part2.rar");
        var size = (int) purging.sent.store().find(volume).orElseThrow().size();
        assertThat(purging.reasons(id, DISK)).isEmpty();
        purging.sent.store().put(volume, PartBody.of(ByteBuffer.allocate(size), PartBody.Pace.UNLIMITED), "x/y");
        assertThat(purging.plan(id, DISK).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.COPY_NOT_WHOLE);
            assertThat(refusal.sentence()).contains("Sintel.part2.rar", "replaced");
        });
        purging.sent.store().put(volume, PartBody.of(ByteBuffer.allocate(5), PartBody.Pace.UNLIMITED), "x/y");
        assertThat(purging.plan(id, DISK).refusals().getFirst().sentence()).contains("5 bytes");
        delete(volume);
        assertThat(purging.plan(id, DISK).refusals().getFirst().sentence()).contains("missing");
    }

    @Test
    void withoutItsManifestAPackIsNoCopy() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        delete(key(id, "manifest.json"));
        assertThat(purging.plan(id, DISK).refusals().getFirst().sentence()).contains("manifest");
    }

    @Test
    void aPackOfSomeFilesNeverStandsForAllOfThem() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.send(purging.row("Sintel").exclude("*.srt"));
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.PARTIAL);
        purging.markHome(id);
        assertThat(purging.reasons(id, BUCKET, DISK)).containsExactly(Reason.PARTIAL);
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
    }

    @Test
    void aChoiceThatLeftNothingOutStandsForAllOfIt() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.send(purging.row("Sintel").exclude("Sample/", "*.part"));
        assertThat(purging.reasons(id, DISK)).isEmpty();
        Folders.file(film, "Sample/s.mkv", 3);
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.PARTIAL);
    }

    @Test
    void aPackWithOtherNamesStandsForWhatItWasMadeOf() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        Folders.file(film, "What?.txt", 3);
        Files.createSymbolicLink(film.resolve("link"), Path.of("What?.txt"));
        var id = purging.sent.send(purging.row("Sintel").form(PackForm.USUAL.withPortableNames(true)));
        assertThat(purging.reasons(id, DISK)).isEmpty();
        purging.purge(id, DISK);
        assertThat(film).doesNotExist();
    }

    @Test
    void theBucketMayGoWhileTheSourceIsWhole() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
        assertThat(purging.plan(id, BUCKET).proof()).singleElement().asString().contains("on the disk");
        Files.writeString(purging.folder().resolve("Sintel/stranger"), "does not matter here");
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
    }

    @Test
    void theBucketStaysWhenTheSourceIsNotWhole() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel").resolve("film.mkv");
        var id = purging.send("Sintel");
        var then = Files.getLastModifiedTime(film);
        Files.setLastModifiedTime(film, FileTime.from(Instant.EPOCH));
        assertThat(purging.reasons(id, BUCKET)).containsExactly(Reason.SOURCE_NOT_INTACT);
        Files.setLastModifiedTime(film, then);
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
        Files.setPosixFilePermissions(film, PosixFilePermissions.fromString("rwx------"));
        assertThat(purging.reasons(id, BUCKET)).containsExactly(Reason.SOURCE_NOT_INTACT);
        Files.delete(film);
        assertThat(purging.plan(id, BUCKET).refusals().getFirst().sentence()).contains("film.mkv", "missing");
        purging.markHome(id);
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
    }

    @Test
    void bothGoOnlyWhenAPersonHasMarkedThePackAsHome() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        assertThat(purging.reasons(id, BUCKET, DISK)).containsExactly(Reason.NOT_HOME);
        purging.markHome(id);
        assertThat(purging.reasons(id, BUCKET, DISK)).isEmpty();
    }

    @Test
    void changedAndUnknownDataStays() throws Exception {
        var folder = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.writeString(folder.resolve("stranger"), "came later");
        assertThat(purging.plan(id, DISK).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.SOURCE_HAS_MORE);
            assertThat(refusal.sentence()).contains("Sintel/stranger");
        });
        Files.delete(folder.resolve("stranger"));
        assertThat(purging.reasons(id, DISK)).isEmpty();
        Files.writeString(folder.resolve("empty.nfo"), "not empty");
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.SOURCE_CHANGED);
        purging.markHome(id);
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.SOURCE_CHANGED);
    }

    @Test
    void strangersChangedAndMissingFilesAreThreeReasons() throws Exception {
        var folder = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.delete(folder.resolve("film.mkv"));
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.SOURCE_HAS_LESS);
        Files.writeString(folder.resolve("empty.nfo"), "not empty");
        Files.writeString(folder.resolve("stranger"), "came later");
        assertThat(purging.plan(id, DISK).refusals())
                .extracting(PurgeRefusal::reason, PurgeRefusal::sentence)
                .containsExactly(
                        tuple(Reason.SOURCE_CHANGED, "'Sintel/empty.nfo' is not as it was packed."),
                        tuple(Reason.SOURCE_HAS_MORE, "'Sintel/stranger' is not in the pack."),
                        tuple(Reason.SOURCE_HAS_LESS, "'Sintel/film.mkv' is missing."));
    }

    @Test
    void aTorrentSeedsUntilItsGoalIsMet() throws Exception {
        purging.close();
        var settings = Map.<String, Object>of("ratio-limit-enabled", true, "ratio-limit", 2);
        purging = new PurgeFixture(Files.createDirectory(home.resolve("limited")), settings);
        seeded("Sintel");
        var id = purging.send("Sintel");
        assertThat(purging.plan(id, DISK, TORRENT).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.SEEDING);
            assertThat(refusal.sentence()).contains("ratio 0.00 of 2.00");
        });
        assertThat(purging.reasons(id, TORRENT)).containsExactly(Reason.SEEDING);
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
    }

    @Test
    void filesThatAnotherTorrentUsesNeverGo() throws Exception {
        seeded("Sintel");
        var id = purging.send("Sintel");
        var part = TestTorrent.of(purging.folder().resolve("Sintel/film.mkv"));
        purging.daemon.add(part, purging.folder().resolve("Sintel"));
        var plan = purging.plan(id, DISK, TORRENT);
        assertThat(plan.refusals()).extracting(PurgeRefusal::reason).contains(Reason.OTHER_TORRENT);
        assertThat(plan.overridable()).isFalse();
        assertThat(purging.reasons(id, TORRENT)).isEmpty();
    }

    @Test
    void filesThatOtherPacksReadAreNamed() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var served = purging.send("Sintel");
        assertThat(purging.reasons(id, DISK)).isEmpty();
        purging.set(served, "on_box = true, name = 'Sintel for Ann'");
        var plan = purging.plan(id, DISK);
        assertThat(plan.refusals())
                .extracting(PurgeRefusal::reason, PurgeRefusal::sentence)
                .containsExactly(tuple(Reason.OTHER_PACK, "The pack 'Sintel for Ann' is served from these files."));
        assertThat(plan.overridable()).isFalse();
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
        purging.set(purging.send("Sintel"), "state = 'PLANNED', name = 'Later'");
        assertThat(purging.plan(id, DISK).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.sentence()).endsWith("these files, and so are 1 more."));
        purging.set(served, "state = 'PURGED'");
        assertThat(purging.plan(id, DISK).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.sentence())
                        .isEqualTo("The pack 'Later' is still to be sent from these files."));
    }

    @Test
    void looseFilesThatATorrentClaimsMeanwhileStay() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        seed("Sintel");
        assertThat(purging.reasons(id, DISK)).contains(Reason.OTHER_TORRENT);
    }

    @Test
    void dataDoesNotGoFromUnderItsTorrent() throws Exception {
        seeded("Sintel");
        var id = purging.send("Sintel");
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.TORRENT_WOULD_STAY);
        assertThat(purging.plan(id, DISK).overridable()).isFalse();
    }

    @Test
    void theTorrentAloneMayGoAndItsDataStays() throws Exception {
        seeded("Sintel");
        var id = purging.send("Sintel");
        var plan = purging.plan(id, TORRENT);
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.freed().disk()).isZero();
        assertThat(plan.stays()).contains("The data on the disk stays.");
    }

    @Test
    void withoutAnAnswerOfTransmissionNothingOfTheSourceGoes() throws Exception {
        seeded("Sintel");
        var id = purging.send("Sintel");
        purging.daemon.kill();
        var plan = purging.plan(id, DISK, TORRENT);
        assertThat(plan.refusals()).extracting(PurgeRefusal::reason).contains(Reason.TRANSMISSION_UNKNOWN);
        assertThat(plan.overridable()).isFalse();
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
    }

    @Test
    void aSourceThatIsALinkOutOfTheFolderNowIsNotTouched() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.move(film, home.resolve("outside"));
        Files.createSymbolicLink(film, home.resolve("outside"));
        var plan = purging.plan(id, DISK);
        assertThat(plan.refusals()).extracting(PurgeRefusal::reason).contains(Reason.SOURCE_ELSEWHERE);
        assertThat(plan.overridable()).isFalse();
    }

    @Test
    void theCopyIsTheUndoOfAPurgedSourceForSevenDays() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.purge(id, DISK);
        assertThat(purging.reasons(id, BUCKET)).containsExactly(Reason.UNDO_WINDOW, Reason.SOURCE_NOT_INTACT);
        purging.sent.clock().advance(Duration.ofDays(7));
        assertThat(purging.reasons(id, BUCKET)).containsExactly(Reason.SOURCE_NOT_INTACT);
        purging.markHome(id);
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
    }

    @Test
    void aPersonWhoHasItMayEndTheUndoEarly() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.purge(id, DISK);
        purging.markHome(id);
        assertThat(purging.reasons(id, BUCKET)).isEmpty();
    }

    private String seeded(String name) throws Exception {
        Folders.film(purging.folder(), name);
        return seed(name);
    }

    private String seed(String name) {
        return purging.daemon.seed(name).value();
    }

    private ObjectKey key(String pack, String name) {
        return ObjectKey.of("some/prefix", pack, name);
    }

    private void delete(ObjectKey key) throws Exception {
        purging.sent.store().delete(List.of(new ObjectVersion(key, null)));
    }
}
