package dev.transpack.purging;

import static dev.transpack.purging.PurgeFrom.BUCKET;
import static dev.transpack.purging.PurgeFrom.DISK;
import static dev.transpack.purging.PurgeFrom.TORRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.TestTorrent;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackRequest;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore.ObjectVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What typing the pack's name does, reason by reason.
@Timeout(180)
class PurgeOverridesTest {
    /// What others would pay for, and what time alone can mend.
    private static final Set<Reason> NEVER = Set.of(
            Reason.IN_PROGRESS,
            Reason.PURGE_RUNNING,
            Reason.NOTHING_LEFT,
            Reason.TRANSMISSION_UNKNOWN,
            Reason.SOURCE_ELSEWHERE,
            Reason.OTHER_TORRENT,
            Reason.OTHER_PACK,
            Reason.TORRENT_WOULD_STAY);

    @TempDir
    Path home;

    private PurgeFixture purging;

    @BeforeEach
    void start() throws Exception {
        purging = new PurgeFixture(home, Map.of("ratio-limit-enabled", true, "ratio-limit", 2));
    }

    @AfterEach
    void stop() {
        purging.close();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void onlyTheOwnersOwnRiskIsTheirsToTake(Reason reason) {
        assertThat(reason.overridable()).isEqualTo(!NEVER.contains(reason));
    }

    /// A machine can say nothing of files that it does not have.
    /// The files lie on the share all the same, and others see them.
    @Test
    void aNodeWhoseMountHasDroppedSaysNothingOfTheData() throws Exception {
        var film = Folders.film(purging.share, "Film");
        var id = purging.sent.send(new PackRow("Film", film, null, PackRequest.of("0".repeat(32))));
        purging.set(id, "root = 'nas', root_folder = '" + purging.share + "'");
        assertThat(purging.reasons(id, DISK)).doesNotContain(Reason.SOURCE_HAS_LESS);
        Files.move(film, home.resolve("elsewhere"));
        assertThat(purging.plan(id, DISK).overridable()).isFalse();
        assertThat(purging.reasons(id, DISK)).contains(Reason.SOURCE_ELSEWHERE);
    }

    @Test
    void whatLiesOnAnotherMachineIsRefusedHere() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.sent
                .database()
                .writes()
                .sql("update packs set root = 'nas', root_folder = '/mnt' where id = ?")
                .param(id)
                .update();
        assertThat(purging.reasons(id, DISK)).contains(Reason.SOURCE_ELSEWHERE);
        assertThat(purging.reasons(id, BUCKET)).contains(Reason.SOURCE_ELSEWHERE);
    }

    @Test
    void aSeedingGoalIsGivenUpByName() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var hash = purging.daemon.seed("Sintel");
        var id = purging.send("Sintel");
        assertThat(purging.reasons(id, DISK, TORRENT)).containsExactly(Reason.SEEDING);
        assertThat(purging.purges.purge(purging.pack(id), Set.of(DISK, TORRENT), null, "ann"))
                .isInstanceOf(PurgeAnswer.Refused.class);
        purging.run(purging.accepted(id, "Sintel", DISK, TORRENT));
        assertThat(purging.hasTorrent(hash)).isFalse();
        assertThat(purging.folder().resolve("Sintel")).doesNotExist();
    }

    @Test
    void theUndoIsGivenUpByName() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        purging.purge(id, DISK);
        assertThat(purging.reasons(id, BUCKET)).containsExactly(Reason.UNDO_WINDOW, Reason.SOURCE_NOT_INTACT);
        purging.run(purging.accepted(id, "Sintel", BUCKET));
        assertThat(purging.objects(id)).isEmpty();
    }

    @Test
    void whatWasLeftOutOfAPackIsGivenUpByNameAndStaysAllTheSame() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.send(purging.row("Sintel").exclude("*.srt"));
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.PARTIAL);
        var purge = purging.accepted(id, "Sintel", DISK);
        purging.run(purge);
        assertThat(purging.records.find(purge).orElseThrow().record().remains())
                .containsExactly("'Sintel/subs/en.srt' (it is not in the pack)");
        assertThat(film.resolve("subs/en.srt")).exists();
        assertThat(film.resolve("film.mkv")).doesNotExist();
    }

    @Test
    void strangersThatAreGivenUpByNameTakeNoChangedFileWithThem() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.writeString(film.resolve("empty.nfo"), "changed, and shown to nobody");
        for (var i = 0; i <= Thoroughness.GLANCE.strangers(); i++) Files.createFile(film.resolve("stranger " + i));
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.SOURCE_HAS_MORE);
        var purge = purging.accepted(id, "Sintel", DISK);
        assertThatThrownBy(() -> purging.run(purge)).hasMessageContaining("empty.nfo");
        assertThat(film.resolve("empty.nfo")).exists();
        assertThat(film.resolve("film.mkv")).exists();
    }

    @Test
    void changedFilesThatWereNamedGoByName() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        Files.writeString(film.resolve("empty.nfo"), "changed");
        assertThat(purging.reasons(id, DISK)).containsExactly(Reason.SOURCE_CHANGED);
        purging.run(purging.accepted(id, "Sintel", DISK));
        assertThat(film).doesNotExist();
    }

    @Test
    void aSampledCopyAndAMissingObjectAreTwoReasons() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.send(purging.row("Sintel"), Pack.Grade.SAMPLED);
        var shown = Set.copyOf(purging.reasons(id, DISK));
        assertThat(shown).containsExactly(Reason.COPY_NOT_PROVEN);
        delete(id, "Sintel.part2.rar");
        var plan = purging.plan(id, DISK);
        assertThat(plan.refusals())
                .extracting(PurgeRefusal::reason)
                .containsExactly(Reason.COPY_NOT_PROVEN, Reason.COPY_NOT_WHOLE);
        assertThat(plan.refusals()).extracting(PurgeRefusal::sentence).doesNotHaveDuplicates();
        assertThat(plan.refusals()).extracting(PurgeRefusal::remedy).doesNotHaveDuplicates();
        assertThat(plan.proof()).isEmpty();
        var answer = (PurgeAnswer.Refused)
                purging.purges.purge(purging.pack(id), Set.of(DISK), new PurgeOverride("Sintel", shown), "ann");
        assertThat(answer.unseen()).extracting(PurgeRefusal::reason).containsExactly(Reason.COPY_NOT_WHOLE);
    }

    @Test
    void aSampledCopyThatLosesAnObjectMeanwhileStopsTheOverriddenPurge() throws Exception {
        var film = Folders.film(purging.folder(), "Sintel");
        var id = purging.sent.send(purging.row("Sintel"), Pack.Grade.SAMPLED);
        var purge = purging.accepted(id, "Sintel", DISK);
        delete(id, "Sintel.part2.rar");
        assertThatThrownBy(() -> purging.run(purge)).hasMessageContaining("Sintel.part2.rar");
        assertThat(film.resolve("film.mkv")).exists();
    }

    @Test
    void aBucketThatDoesNotAnswerIsAReasonOfItsOwnAndMayPass() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        var id = purging.send("Sintel");
        var purge = purging.accepted(id, null, DISK);
        purging.relay.on(S3Message.Kind.HEAD, 100, S3Fault.loseAnswer());
        assertThat(purging.reasons(id, DISK)).contains(Reason.COPY_UNKNOWN);
        assertThatThrownBy(() -> purging.run(purge))
                .isInstanceOfSatisfying(
                        PurgeException.class, e -> assertThat(e.mayPass()).isTrue());
    }

    @Test
    void filesOfAnotherTorrentDoNotGoByName() throws Exception {
        Folders.film(purging.folder(), "Sintel");
        purging.daemon.seed("Sintel");
        var id = purging.send("Sintel");
        purging.daemon.add(
                TestTorrent.of(purging.folder().resolve("Sintel/film.mkv")),
                purging.folder().resolve("Sintel"));
        var override = new PurgeOverride("Sintel", Set.copyOf(purging.reasons(id, DISK, TORRENT)));
        assertThat(override.shown()).contains(Reason.OTHER_TORRENT);
        assertThat(purging.purges.purge(purging.pack(id), Set.of(DISK, TORRENT), override, "ann"))
                .isInstanceOf(PurgeAnswer.Refused.class);
        assertThat(Files.exists(purging.folder().resolve("Sintel/film.mkv"))).isTrue();
    }

    private void delete(String pack, String name) throws Exception {
        var key = ObjectKey.of("some/prefix", pack, name);
        purging.sent.store().delete(List.of(new ObjectVersion(key, null)));
    }
}
