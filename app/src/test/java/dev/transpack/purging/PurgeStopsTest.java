package dev.transpack.purging;

import static dev.transpack.purging.PurgeFrom.BUCKET;
import static dev.transpack.purging.PurgeFrom.DISK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.packing.PackState;
import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore.ObjectVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What stops a purge, and what is left then.
@Timeout(180)
class PurgeStopsTest {
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
    void theProofIsLookedForAgainWhenItIsDone() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK);
        var volume = ObjectKey.of("some/prefix", id, "Sintel.part2.rar");
        purging.sent.store().delete(List.of(new ObjectVersion(volume, null)));
        assertThatThrownBy(() -> purging.run(purge))
                .isInstanceOf(PurgeException.class)
                .hasMessageContaining("Sintel.part2.rar")
                .hasMessageContaining("missing");
        assertThat(film.resolve("film.mkv")).exists();
    }

    /// As a node that was frozen while another took its job over.
    @Test
    void aRunThatHasLostItsJobTakesNothingAndSaysNothing() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.link(id);
        var purge = purging.accepted(id, null, BUCKET);
        var before = purging.objects(id);
        assertThatThrownBy(() -> purging.work.run(new PurgePack.Payload(purge), lostAfter(1)))
                .isInstanceOf(JobInterrupted.class);
        assertThat(purging.pack(id).state()).isEqualTo(PackState.READY);
        assertThat(purging.links.of(id))
                .allMatch(link -> link.live(purging.sent.clock().instant()))
                .hasSize(1);
        assertThat(purging.objects(id)).isEqualTo(before);

        var packed = purging.sent.files().list(id, 0, 100);
        var all = PurgeFixture.tree(film);
        assertThatThrownBy(() -> new EntryRemoval(packed, false, lostAfter(2)).remove(film.toRealPath()))
                .isInstanceOf(JobInterrupted.class);
        assertThat(PurgeFixture.tree(film).size()).isGreaterThanOrEqualTo(all.size() - 1);
    }

    /// A run that has its job for so many questions.
    private static JobRun lostAfter(int questions) {
        return new JobRun() {
            private int left = questions;

            @Override
            public void progress(long doneBytes, long totalBytes) throws JobInterrupted {
                check();
            }

            @Override
            public void check() throws JobInterrupted {
                if (left-- == 0) throw new JobInterrupted(JobInterrupted.Cause.LOST);
            }
        };
    }

    @Test
    void nodesWithDifferentTransmissionsTakeNoSource() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var folder = purging.folder().toRealPath();
        purging.set(id, "root = '" + purging.root() + "', root_folder = '" + folder + "'");
        purging.node("box", "http://box:9091/transmission/rpc");
        assertThat(purging.reasons(id, DISK)).isEmpty();

        purging.node("attic", "none");

        var plan = purging.plan(id, DISK);
        assertThat(plan.refusals()).extracting(PurgeRefusal::reason).containsExactly(Reason.TRANSMISSION_UNKNOWN);
        assertThat(plan.refusals().getFirst().sentence()).contains("http://box:9091/transmission/rpc, none");
    }

    @Test
    void aTorrentAddedSinceThePlanStopsIt() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK);
        purging.daemon.seed("Sintel");
        assertThatThrownBy(() -> purging.run(purge)).hasMessageContaining("uses the same files");
        assertThat(film.resolve("film.mkv")).exists();
    }

    @Test
    void aStrangerThatAppearedSinceThePlanStopsItBeforeAnythingGoes() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.markHome(id);
        var purge = purging.accepted(id, null, BUCKET, DISK);
        Files.writeString(film.resolve("stranger"), "came later");
        var before = purging.objects(id);
        assertThatThrownBy(() -> purging.run(purge)).hasMessageContaining("Sintel/stranger");
        assertThat(purging.objects(id)).isEqualTo(before);
        assertThat(film.resolve("film.mkv")).exists();
    }

    @Test
    void aRefusedPurgeIsNotWrittenDown() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        for (var typed : new String[] {"", "sintel", "Sintel "})
            assertThat(refused(id, new PurgeOverride(typed, Set.of(Reason.NOT_HOME)), BUCKET, DISK)
                            .news())
                    .isEmpty();
        refused(id, null, BUCKET, DISK);
        assertThat(purging.records.of(id, 10)).isEmpty();
        assertThat(purging.jobs.newest(10)).isEmpty();
    }

    @Test
    void typingThePacksNameOverridesAndIsRecorded() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, "Sintel", BUCKET, DISK);
        purging.run(purge);
        var done = purging.records.find(purge).orElseThrow();
        assertThat(done.overridden()).isTrue();
        assertThat(done.requestedBy()).isEqualTo("ann");
        assertThat(done.plan().refusals()).extracting(PurgeRefusal::reason).containsExactly(Reason.NOT_HOME);
        assertThat(purging.objects(id)).isEmpty();
        assertThat(PurgeFixture.tree(purging.folder())).containsExactly("");
    }

    @Test
    void anOverrideCoversOnlyWhatThePersonWasTold() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, "Sintel", BUCKET, DISK);
        Files.writeString(film.resolve("empty.nfo"), "changed since");
        assertThatThrownBy(() -> purging.run(purge)).hasMessageContaining("empty.nfo");
        assertThat(film.resolve("film.mkv")).exists();
        assertThat(purging.objects(id)).isNotEmpty();
    }

    @Test
    void whatIsNotOursStaysAndTheOverriddenPurgeEndsWell() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.writeString(film.resolve("stranger"), "came later");
        var purge = purging.accepted(id, "Sintel", DISK);
        purging.run(purge);
        var record = purging.records.find(purge).orElseThrow().record();
        assertThat(record.failure()).isNull();
        assertThat(record.remains()).containsExactly("'Sintel/stranger' (it is not in the pack)");
        assertThat(PurgeFixture.tree(film)).containsExactly("", "stranger");
        assertThat(purging.pack(id).times().sourcePurged()).isNotNull();
    }

    @Test
    void anUploadThatNoRowKnowsIsAborted() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var key = ObjectKey.of("some/prefix", id, "Sintel.part2.rar");
        purging.sent.store().create(key, "x/y");
        purging.purge(id, BUCKET);
        assertThat(purging.sent.store().openUploads(key)).isEmpty();
    }

    @Test
    void aSendThatWasBegunMeanwhileStopsIt() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, BUCKET);
        purging.sent
                .database()
                .writes()
                .sql("update packs set state = 'SENDING' where id = ?")
                .param(id)
                .update();
        assertThatThrownBy(() -> purging.run(purge)).isInstanceOf(PurgeException.class);
        assertThat(purging.objects(id)).isNotEmpty();
    }

    @Test
    void anothersFilesAreNotToBeHadByTypingAName() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.daemon.seed("Sintel");
        refused(id, new PurgeOverride("Sintel", Set.copyOf(purging.reasons(id, DISK))), DISK);
    }

    @Test
    void aRefusalThatNobodyWasShownIsNotOverriddenByTheName() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.writeString(film.resolve("empty.nfo"), "changed");
        var shown = Set.copyOf(purging.reasons(id, DISK));
        var volume = ObjectKey.of("some/prefix", id, "Sintel.part2.rar");
        purging.sent.store().delete(List.of(new ObjectVersion(volume, null)));

        var refused = refused(id, new PurgeOverride("Sintel", shown), DISK);

        assertThat(shown).containsExactly(Reason.SOURCE_CHANGED);
        assertThat(refused.unseen()).extracting(PurgeRefusal::reason).containsExactly(Reason.COPY_NOT_WHOLE);
        assertThat(refused.news().orElseThrow()).contains("not shown before", "Sintel.part2.rar");
        assertThat(purging.records.of(id, 10)).isEmpty();
    }

    @Test
    void aRefusalThatHasPassedSinceItWasShownDoesNotStandInTheWay() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var shown = Set.of(Reason.NOT_HOME, Reason.SEEDING);
        var answer =
                purging.purges.purge(purging.pack(id), Set.of(BUCKET, DISK), new PurgeOverride("Sintel", shown), "ann");
        assertThat(answer).isInstanceOf(PurgeAnswer.Accepted.class);
    }

    @Test
    void onePurgeOfAPackAtATime() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, BUCKET);
        assertThat(purging.reasons(id, BUCKET)).containsExactly(Reason.PURGE_RUNNING);
        purging.run(purge);
        assertThat(purging.reasons(id, BUCKET)).containsExactly(Reason.NOTHING_LEFT);
    }

    @Test
    void whatTheDestinationDoesNotDeleteIsNamedAndTheSourceStays() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.markHome(id);
        var purge = purging.accepted(id, null, BUCKET, DISK);
        var key = ObjectKey.of("some/prefix", id, "Sintel.part2.rar");
        purging.relay.on(S3Message.Kind.DELETE, 1, S3Fault.answer(200, """
                <DeleteResult><Error><Key>%s</Key><Code>AccessDenied</Code><Message>Locked</Message></Error>
                </DeleteResult>""".formatted(key)));
        assertThatThrownBy(() -> purging.run(purge))
                .hasMessageStartingWith("4 objects in s3://")
                .hasMessageContaining("could not be deleted");
        assertThat(film.resolve("film.mkv")).exists();
        assertThat(purging.pack(id).state()).isEqualTo(PackState.PURGED);
        assertThat(purging.pack(id).times().bucketPurged()).isNull();

        purging.work.gaveUp(new PurgePack.Payload(purge), "It could not be done.");
        var failed = purging.records.find(purge).orElseThrow();
        assertThat(failed.finished()).isNotNull();
        assertThat(failed.record().failure()).isEqualTo("It could not be done.");
        assertThat(failed.record().remains())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("4 of 4 objects in s3://"))
                .anyMatch(line -> line.startsWith("the data at "));

        purging.run(purge);
        assertThat(film).doesNotExist();
        assertThat(purging.objects(id)).isEmpty();
    }

    @Test
    void oneObjectThatIsRefusedIsToldFromThoseThatWent() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, BUCKET);
        var keys = purging.objects(id);
        var kept = ObjectKey.of("some/prefix", id, "Sintel.part2.rar");
        var others = keys.stream()
                .filter(key -> !key.equals(kept.value()))
                .map(key -> new ObjectVersion(new ObjectKey(key), null))
                .toList();
        // The answer of a real service that deletes all but one: the relay says so, and the others are gone.
        purging.sent.store().delete(others);
        purging.relay.on(S3Message.Kind.DELETE, 1, S3Fault.answer(200, """
                <DeleteResult><Error><Key>%s</Key><Code>AccessDenied</Code><Message>Locked</Message></Error>
                </DeleteResult>""".formatted(kept)));
        assertThatThrownBy(() -> purging.run(purge))
                .hasMessageStartingWith("1 object in s3://")
                .hasMessageContaining("Sintel.part2.rar (AccessDenied: Locked)");
        assertThat(kinds(purging.records.find(purge).orElseThrow(), Kind.OBJECT))
                .hasSize(3);
    }

    @Test
    void cancellingStopsBeforeTheNextStepAndSaysWhatRemains() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK);
        assertThatThrownBy(() -> purging.work.run(new PurgePack.Payload(purge), new Cancelled()))
                .isInstanceOf(JobInterrupted.class);
        var record = purging.records.find(purge).orElseThrow().record();
        assertThat(record.remains()).singleElement().asString().startsWith("the data at ");
        assertThat(film.resolve("film.mkv")).exists();
        assertThat(purging.reasons(id, DISK)).isEmpty();
    }

    private PurgeAnswer.Refused refused(String pack, PurgeOverride override, PurgeFrom... from) throws Exception {
        return (PurgeAnswer.Refused) purging.purges.purge(purging.pack(pack), Set.of(from), override, "ann");
    }

    private static List<String> kinds(Purge purge, Kind kind) {
        return purge.record().went().stream()
                .filter(gone -> gone.kind() == kind)
                .map(PurgeRecord.Went::what)
                .toList();
    }

    private static final class Cancelled implements JobRun {
        @Override
        public void progress(long doneBytes, long totalBytes) throws JobInterrupted {
            check();
        }

        @Override
        public void check() throws JobInterrupted {
            throw new JobInterrupted(JobInterrupted.Cause.CANCELLED);
        }

        @Override
        public void commit(Runnable rows) {
            rows.run();
        }
    }
}
