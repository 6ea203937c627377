package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.packing.Pack.Grade;
import dev.transpack.settings.ByteSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A pack goes up whole, through faults, and nothing is sealed that did not arrive.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadPackTest {
    private static final int VOLUME = 12 * UploadFixture.MIB;

    @TempDir
    Path home;

    private UploadFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new UploadFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void objectsAreWhatAFolderWouldHold() throws Exception {
        var plan = fixture.season().plan(VOLUME);

        var sealed = fixture.run(plan);

        assertThat(plan.volumes()).hasSize(3);
        assertThat(sealed.grade()).isEqualTo(Grade.STRONG);
        assertThat(sealed.manifest()).isEqualTo(ObjectKey.manifest(UploadFixture.PREFIX, UploadFixture.PACK));
        fixture.assertArrived(plan);
        extractsAsTheSource(plan);
    }

    @Test
    void theManifestIsLastAndListsEverything() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.run(plan);

        var manifest = fixture.manifest();
        assertThat(manifest.files()).hasSameSizeAs(plan.entries());
        assertThat(manifest.volumes()).hasSize(3).allSatisfy(volume -> {
            assertThat(volume.parts().stream()
                            .mapToLong(PackManifest.PartFacts::size)
                            .sum())
                    .isEqualTo(volume.size());
            assertThat(volume.crc32()).isEqualTo(crc32(fixture.key(volume.name()), volume.size()));
        });
        assertThat(manifest.pack().fingerprint()).isEqualTo(plan.fingerprint());
        var file = manifest.files().stream()
                .filter(each -> each.path().endsWith("episode 2.mkv"))
                .findFirst()
                .orElseThrow();
        assertThat(file.places().stream().mapToLong(PackManifest.Place::length).sum())
                .isEqualTo(file.size());
        assertThat(fixture.relay.seen(Kind.PUT)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PART", "COMPLETE"})
    void anUploadThatVanishesOnTheWayMayPassAndIsBegunAfresh(Kind met) throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.relay.on(met, 1, S3Fault.error(404, "NoSuchUpload"));

        assertThatThrownBy(() -> fixture.run(plan))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.mayPass()).isTrue());

        fixture.run(plan);
        fixture.assertArrived(plan);
    }

    @Test
    void aLostAnswerOfCompleteIsNoReasonToSendAnything() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.relay.on(Kind.COMPLETE, 1, S3Fault.loseAnswer());
        fixture.relay.on(
                message -> message.kind() == Kind.COMPLETE
                        && !fixture.relay.seen(Kind.HEAD).isEmpty(),
                1,
                S3Fault.none());

        fixture.run(plan);

        assertThat(fixture.relay.partsAccepted()).doesNotHaveDuplicates();
        fixture.assertArrived(plan);
    }

    @Test
    void faultsThatMayPassAreRiddenOut() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.relay.on(Kind.PART, 1, S3Fault.resetInBody());
        fixture.relay.on(Kind.PART, 1, S3Fault.error(500, "InternalError"));
        fixture.relay.on(Kind.PART, 1, S3Fault.error(503, "SlowDown"));
        fixture.relay.on(Kind.PART, 1, S3Fault.flipBit());
        fixture.relay.on(message -> message.kind() == Kind.PART && message.number() == 3, 1, S3Fault.loseAnswer());
        fixture.relay.on(Kind.COMPLETE, 1, S3Fault.errorInBody());
        fixture.relay.on(Kind.CREATE, 1, S3Fault.error(503, "SlowDown"));
        fixture.relay.on(Kind.PUT, 1, S3Fault.error(500, "InternalError"));

        fixture.run(plan);

        fixture.assertArrived(plan);
    }

    @Test
    void aFaultThatWillNotPassEndsItAndAbortsNothing() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.relay.on(message -> message.kind() == Kind.PART && message.number() == 2, 1, denied());

        assertThatThrownBy(() -> fixture.run(plan))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED));
        assertThat(fixture.relay.seen(Kind.ABORT)).isEmpty();
        assertThat(fixture.relay.seen(Kind.PUT)).isEmpty();

        fixture.run(plan);
        fixture.assertArrived(plan);
    }

    @Test
    void aStoreThatChecksNothingIsReadBack() throws Exception {
        fixture.facts = DestinationFacts.UNKNOWN;
        var plan = fixture.season().plan(VOLUME);

        assertThat(fixture.run(plan).grade()).isEqualTo(Grade.SAMPLED);

        assertThat(fixture.relay.seen(Kind.GET)).isNotEmpty();
    }

    @Test
    void aStoreThatChecksMd5AloneGetsItWithEveryPart() throws Exception {
        fixture.facts = new DestinationFacts(false, true, false, false, DestinationFacts.ConditionalPut.IGNORED, 0);
        var plan = fixture.season().plan(VOLUME);

        assertThat(fixture.run(plan).grade()).isEqualTo(Grade.STRONG);

        assertThat(fixture.relay.seen(Kind.PART))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.headers()).containsIgnoringCase("content-md5: "));
        fixture.assertArrived(plan);
    }

    @Test
    void whatAnEarlierRunSentWithoutMd5IsNotProvenByIt() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.facts = DestinationFacts.UNKNOWN;
        try (var ledger = fixture.ledger(plan)) {
            assertThatThrownBy(() -> fixture.upload(plan, ledger).run(UploadFixture.stopAfter(1)))
                    .isInstanceOf(UploadFixture.Stopped.class);
        }
        fixture.relay.settle();

        fixture.facts = new DestinationFacts(false, true, false, false, DestinationFacts.ConditionalPut.IGNORED, 0);

        assertThat(fixture.run(plan).grade()).isEqualTo(Grade.SAMPLED);
        fixture.assertArrived(plan);
    }

    /// As Cloudflare R2 does. Recovery data is sent in parts of the same size too.
    @Test
    void aStoreThatDemandsEqualPartsTakesWhatWeSend() throws Exception {
        fixture.recovery = 60;
        fixture.relay.demandEqualParts();
        var plan = fixture.season().plan(VOLUME);

        fixture.run(plan);

        fixture.assertArrived(plan);
        var upload = fixture.store.create(fixture.key("odd"), "x/y");
        for (var number = 1; number <= 3; number++) {
            var body = PartBody.of(ByteBuffer.allocate(UploadFixture.PART + number), PartBody.Pace.UNLIMITED);
            fixture.store.uploadPart(upload, number, body);
        }
        var parts = fixture.store.listParts(upload);
        assertThatThrownBy(() -> fixture.store.complete(upload, parts)).hasMessageContaining("as ordered");
    }

    @Test
    void aDamagedObjectIsNoticedAndSentAfresh() throws Exception {
        fixture.facts = DestinationFacts.UNKNOWN;
        var plan = fixture.season().plan(VOLUME);
        fixture.relay.on(Kind.COMPLETE, 1, (message, connection) -> {
            var goesOn = S3Fault.none().apply(message, connection);
            damageTheFirstByte();
            return goesOn;
        });

        assertThatThrownBy(() -> fixture.run(plan))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT));

        fixture.run(plan);
        fixture.assertArrived(plan);
    }

    @Test
    void noMorePartsAreOnTheirWayThanAllowed() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        fixture.relay.on(Kind.PART, UploadFixture.IN_FLIGHT, S3Fault.hold(arrived, release));
        var upload = new FutureTask<>(() -> fixture.run(plan));
        Thread.ofPlatform().start(upload);
        arrived.acquire(UploadFixture.IN_FLIGHT);

        assertThat(fixture.relay.seen(Kind.PART)).hasSize(UploadFixture.IN_FLIGHT);

        release.countDown();
        upload.get();
        fixture.assertArrived(plan);
    }

    @Test
    void theRateLimitCanBeLiftedWhileItRuns() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        var crawling = new RateLimit(ByteSize.parse("1k"));
        try (var ledger = fixture.ledger(plan)) {
            new PackUpload(
                            fixture.pack(plan),
                            fixture.destination(),
                            ledger,
                            new UploadSettings(UploadFixture.PART, 2, 1, null),
                            crawling)
                    .run(_ -> crawling.change(null));
        }
        fixture.assertArrived(plan);
    }

    @Test
    void anInterruptEndsItAndTheNextRunGoesOn() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        try (var ledger = fixture.ledger(plan)) {
            assertThatThrownBy(() -> fixture.upload(plan, ledger).run(progress -> {
                        if (progress.parts() > 0) Thread.currentThread().interrupt();
                    }))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(fixture.relay.seen(Kind.ABORT)).isEmpty();
        fixture.relay.settle();

        fixture.run(plan);
        fixture.assertArrived(plan);
    }

    @Test
    void aSourceThatChangesFailsThePackByName() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        Files.write(fixture.source.resolve("episode 2.mkv"), new byte[5]);

        assertThatThrownBy(() -> fixture.run(plan))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("episode 2.mkv");
        assertThat(fixture.store.find(ObjectKey.manifest(UploadFixture.PREFIX, UploadFixture.PACK)))
                .isEmpty();
    }

    @Test
    void namesOfAnyKindTravelInKeys() throws Exception {
        var emoji = "😀".repeat(40);
        for (var name : new String[] {"$(touch x)", "\"; rm -rf .", "<img src=x onerror=alert(1)>", emoji}) {
            var file = Files.write(home.resolve(name), new byte[100]);
            var scan = dev.transpack.librar.EntryScan.of(file);
            var plan = ArchivePlan.of(name, scan.entries(), dev.transpack.librar.ArchiveOptions.rar5(VOLUME));
            var pack = new OutgoingPack("pack-" + name.hashCode(), name, plan, UploadFixture.PART, "test");
            try (var ledger = LedgerFile.open(
                    home.resolve(pack.id() + ".upload"),
                    new LedgerFile.Start(pack.id(), plan.fingerprint(), UploadFixture.PART, null))) {
                new PackUpload(
                                pack,
                                fixture.destination(),
                                ledger,
                                UploadFixture.SETTINGS,
                                PartBody.Pace.UNLIMITED,
                                UploadFixture.QUICK)
                        .run(_ -> {});
            }
            var key = ObjectKey.of(
                    UploadFixture.PREFIX, pack.id(), plan.volumes().getFirst().name());
            assertThat(fixture.store.find(key)).isPresent();
            assertThat(key.value()).contains(name);
        }
    }

    private static S3Fault denied() {
        return S3Fault.error(403, "AccessDenied");
    }

    private void damageTheFirstByte() throws IOException {
        for (var file : fixture.server.filesIn(fixture.bucket)) {
            var path = fixture.server.directory().resolve(fixture.bucket).resolve(file);
            if (!file.endsWith(".rar") || file.contains("mpu")) continue;
            try (var channel = java.nio.channels.FileChannel.open(path, java.nio.file.StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(new byte[] {0}), 0);
            }
        }
    }

    private String crc32(ObjectKey key, long size) throws Exception {
        var crc = new java.util.zip.CRC32();
        crc.update(fixture.store.read(key, 0, (int) size));
        return String.format("%08x", crc.getValue());
    }

    private void extractsAsTheSource(ArchivePlan plan) throws Exception {
        var fetched = fixture.fetched(plan);
        Extracted.byUnrar(fetched, home.resolve("out")).isSameAs(fixture.source);
    }
}
