package dev.transpack.verifying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobState;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Pack.Verified.How;
import dev.transpack.uploading.PartBody;
import dev.transpack.uploading.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Packs in a bucket are looked at again: what is as it was sealed is proven, and what is not is named.
@Timeout(120)
class VerifyPackTest {
    private VerifyFixture fixture;
    private String pack;

    @BeforeEach
    void send(@TempDir Path home) throws Exception {
        fixture = new VerifyFixture(home);
        pack = fixture.send();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPackOfWhichEveryByteIsReadBackIsProven() throws Exception {
        var verified = fixture.verify(pack, false);
        assertThat(verified).isEqualTo(new Pack.Verified(fixture.sent.clock().instant(), How.FULL, "ann", null));
        assertThat(fixture.sent.get(pack).grade()).isEqualTo(Pack.Grade.STRONG);
        assertThat(fixture.sent.get(pack).damage()).isNull();
    }

    @Test
    void aQuickLookProvesNoMoreThanWasProven() throws Exception {
        var verified = fixture.verify(pack, true);
        assertThat(verified).isEqualTo(new Pack.Verified(fixture.sent.clock().instant(), How.QUICK, "ann", null));
        assertThat(fixture.sent.get(pack).grade()).isEqualTo(Pack.Grade.SAMPLED);
    }

    @Test
    void aFlippedByteIsFoundAndItsVolumeNamedUntilItIsMended() throws Exception {
        var middle = fixture.volume(pack, 1);
        fixture.flip(middle.key(), VerifyFixture.PART + 5);
        assertThat(fixture.verify(pack, true).damage()).as("a quick look").isNull();
        assertThat(fixture.verify(pack, false).damage())
                .isEqualTo("'" + middle.name() + "' in the bucket is damaged: bytes 16384 to 32767 are not what was"
                        + " sealed.");
        assertThat(fixture.sent.get(pack).damage()).endsWith("sealed. Send the download again.");
        assertThat(fixture.sent.get(pack).grade()).isEqualTo(Pack.Grade.SAMPLED);
        fixture.flip(middle.key(), VerifyFixture.PART + 5);
        assertThat(fixture.verify(pack, false).damage()).isNull();
        assertThat(fixture.sent.get(pack).damage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFlippedByteOfTheLastPartIsAlwaysFound(boolean quick) throws Exception {
        var volume = fixture.volume(pack, 1);
        fixture.flip(volume.key(), volume.size() - 1);
        assertThat(fixture.verify(pack, quick).damage()).startsWith("'" + volume.name() + "' in the bucket is damaged");
    }

    @Test
    void aMissingVolumeIsNamed() throws Exception {
        var volume = fixture.volume(pack, 2);
        Files.delete(fixture.file(volume.key()));
        assertThat(fixture.verify(pack, true).damage()).isEqualTo("'" + volume.name() + "' in the bucket is missing.");
    }

    @Test
    void anotherObjectUnderTheSameKeyIsNamed() throws Exception {
        var volume = fixture.volume(pack, 0);
        var other = ByteBuffer.allocate((int) volume.size());
        fixture.sent.store().put(volume.key(), PartBody.of(other, PartBody.Pace.UNLIMITED), "text/plain");
        assertThat(fixture.verify(pack, true).damage())
                .isEqualTo("'" + volume.name() + "' in the bucket was replaced.");
    }

    @Test
    void aManifestThatIsMissingOrNotTheOneThatSealedThePackIsNamed() throws Exception {
        var key = fixture.manifest(pack);
        var sealed = Files.readString(fixture.file(key));
        fixture.flip(key, sealed.indexOf("sha256") + 12);
        assertThat(fixture.verify(pack, true).damage())
                .isEqualTo("The manifest in the bucket is not the one that sealed the pack.");
        Files.delete(fixture.file(key));
        assertThat(fixture.verify(pack, true).damage())
                .isEqualTo("The manifest that seals the pack is not in the bucket.");
    }

    @Test
    void aManifestThatNobodyKnowsProvesNothing() throws Exception {
        notSealedWithASum();
        assertThat(fixture.verify(pack, false).damage()).isNull();
        assertThat(fixture.sent.get(pack).grade()).isEqualTo(Pack.Grade.SAMPLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "not JSON",
                "{\"version\": 1, \"tool\": \"t\", \"pack\": {\"id\": \"i\", \"name\": \"n\", \"format\": \"rar5\"}}",
                "{\"version\": 99}"
            })
    void aHostileManifestOfAnOlderPackIsDamageAndNoAccident(String json) throws Exception {
        notSealedWithASum();
        put(json);
        assertThat(fixture.verify(pack, false).damage())
                .startsWith("The manifest ")
                .endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"size\":16384", "\"crc32\":\"", "\"name\":\"Film"})
    void aManifestOfOtherVolumesIsDamage(String what) throws Exception {
        notSealedWithASum();
        put(Files.readString(fixture.file(fixture.manifest(pack))).replace(what, what.replaceAll(".$", "7")));
        assertThat(fixture.verify(pack, false).damage())
                .startsWith("The manifest ")
                .endsWith(".");
    }

    @Test
    void whatTheStoreGetsOverIsNoDamage() throws Exception {
        fixture.relay.on(Kind.GET, 2, S3Fault.error(503, "SlowDown"));
        fixture.relay.on(Kind.HEAD, 1, S3Fault.error(500, ""));
        assertThat(fixture.verify(pack, false).damage()).isNull();
    }

    @Test
    void aStoreThatFailsSaysNothingAboutThePack() {
        fixture.relay.on(Kind.GET, 100, S3Fault.error(403, "AccessDenied"));
        assertThatThrownBy(() -> fixture.verify(pack, false)).isInstanceOf(StoreException.class);
        assertThat(fixture.sent.get(pack).verified()).isNull();
    }

    @Test
    void oneThatIsCancelledNotesNothing() {
        assertThatThrownBy(() ->
                        fixture.work().run(new VerifyPack.Payload(pack, false, "ann"), new VerifyFixture.Cancelled()))
                .isInstanceOf(JobInterrupted.class);
        assertThat(fixture.sent.get(pack).verified()).isNull();
    }

    @Test
    void whatIsPurgedMeanwhileIsNotCalledDamaged() throws Exception {
        fixture.sent.packs().purging(pack);
        fixture.work().run(new VerifyPack.Payload(pack, false, "ann"), VerifyFixture.RUN);
        assertThat(fixture.sent.get(pack).verified()).isNull();
    }

    @Test
    void afterARestartItGoesOnBehindWhatWasRead() throws Exception {
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        var last = fixture.volume(pack, 2).key().value();
        fixture.relay.on(
                message -> message.kind() == Kind.GET && message.path().contains(last),
                99,
                S3Fault.hold(arrived, release));
        var job = ((VerifyAnswer.Accepted) fixture.verifications.verify(pack, false, "ann")).job();
        try (var _ = fixture.worker("one")) {
            arrived.acquire();
            Eventually.until(
                    "what was read is noted",
                    () -> fixture.jobs.find(job).orElseThrow().progress().doneBytes()
                            >= fixture.volume(pack, 0).size()
                                    + fixture.volume(pack, 1).size());
        }
        release.countDown();
        fixture.relay.heal();
        assertThat(fixture.jobs.find(job).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        var before = reads(0);
        try (var _ = fixture.worker("two")) {
            Eventually.until(
                    "it is done", () -> fixture.jobs.find(job).orElseThrow().state() == JobState.DONE);
        }
        assertThat(reads(0)).as("reads of the first volume").isEqualTo(before);
        assertThat(fixture.sent.get(pack).verified()).isNotNull();
        assertThat(fixture.sent.get(pack).grade()).isEqualTo(Pack.Grade.STRONG);
    }

    @Test
    void whoAsksTwiceGetsTheOneThatIsUnderWay() throws Exception {
        var first = fixture.verifications.verify(pack, false, "ann");
        assertThat(fixture.verifications.verify(pack, true, "bob")).isEqualTo(first);
        assertThat(fixture.verifications.cancel(pack)).isTrue();
        try (var _ = fixture.worker("one")) {
            Eventually.until(
                    "it ends",
                    () -> fixture.verifications
                            .newest(pack)
                            .orElseThrow()
                            .state()
                            .ended());
        }
        assertThat(fixture.verifications.newest(pack).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(fixture.verifications.cancel(pack)).isFalse();
        assertThat(fixture.sent.get(pack).verified()).isNull();
        assertThat(fixture.verifications.verify(pack, true, "bob"))
                .isInstanceOf(VerifyAnswer.Accepted.class)
                .isNotEqualTo(first);
    }

    @Test
    void aDamagedPackIsReadWholeHoweverItIsAskedFor() throws Exception {
        var volume = fixture.volume(pack, 1);
        fixture.flip(volume.key(), VerifyFixture.PART);
        fixture.verify(pack, false);
        fixture.verifications.verify(pack, true, "ann");
        try (var _ = fixture.worker("one")) {
            Eventually.until(
                    "it ends",
                    () -> fixture.verifications
                            .newest(pack)
                            .orElseThrow()
                            .state()
                            .ended());
        }
        assertThat(fixture.sent.get(pack).damage()).isNotNull();
    }

    /// It would wait for ever for files that are gone, instead of saying so.
    @ParameterizedTest
    @CsvSource(
            value = {"box:/downloads, -", "nas, nas"},
            nullValues = "-")
    void ofAPackOfThisBoxOnlySharedFilesAreWaitedFor(String root, String expected) {
        fixture.sent
                .database()
                .writes()
                .sql("update packs set on_box = ?, root = ?, root_folder = '/downloads' where id = ?")
                .params(true, root, pack)
                .update();
        fixture.verifications.verify(pack, true, "ann");
        assertThat(fixture.verifications.newest(pack).orElseThrow().turn().root())
                .isEqualTo(expected);
    }

    @Test
    void onlyAPackThatIsReadyIsVerified() {
        fixture.sent.packs().purging(pack);
        assertThat(fixture.verifications.verify(pack, false, "ann"))
                .isEqualTo(new VerifyAnswer.Refused(
                        "'Film' is purged and cannot be verified: only a pack that is ready can be."));
    }

    private long reads(int volume) {
        var key = fixture.volume(pack, volume).key().value();
        return fixture.relay.seen(Kind.GET).stream()
                .filter(message -> message.path().contains(key))
                .count();
    }

    private void notSealedWithASum() {
        fixture.sent
                .database()
                .writes()
                .sql("update packs set manifest_sha256 = null where id = ?")
                .param(pack)
                .update();
    }

    private void put(String manifest) throws Exception {
        var body = PartBody.of(StandardCharsets.UTF_8.encode(manifest), PartBody.Pace.UNLIMITED);
        fixture.sent.store().put(fixture.manifest(pack), body, "application/json");
    }
}
