package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.librar.ArchivePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An upload that was ended half-way goes on: what the ledger and the destination say is there is not sent again.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadResumeTest {
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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterACrashOnlyPartsInFlightAreSentAgain(int partsBeforeTheCrash) throws Exception {
        var plan = fixture.season().plan(VOLUME);
        crashAfter(partsBeforeTheCrash, plan);
        var acceptedThen = fixture.relay.partsAccepted();

        fixture.run(plan);

        var accepted = fixture.relay.partsAccepted();
        var twice = accepted.size() - accepted.stream().distinct().count();
        assertThat(twice).isLessThanOrEqualTo(UploadFixture.IN_FLIGHT);
        assertThat(acceptedThen).hasSizeGreaterThanOrEqualTo(partsBeforeTheCrash);
        assertThat(accepted.stream().distinct()).hasSize(fixture.pack(plan).parts());
        assertThat(fixture.relay.seen(Kind.CREATE)).hasSize(3);
        assertThat(fixture.relay.seen(Kind.ABORT)).isEmpty();
        fixture.assertArrived(plan);
    }

    @Test
    void aSecondRunOfASealedPackSendsNoPart() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.run(plan);
        var before = fixture.relay.partsAccepted();

        fixture.run(plan);

        assertThat(fixture.relay.partsAccepted()).isEqualTo(before);
        fixture.assertArrived(plan);
    }

    @Test
    void aPartThatOnlyTheDestinationKnowsIsProvenInsteadOfSent() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        var ledger = new ForgetfulLedger(fixture.ledger(plan), 2);
        assertThatThrownBy(() -> fixture.upload(plan, ledger).run(_ -> {})).isInstanceOf(IOException.class);
        ledger.close();
        fixture.relay.settle();
        var before = fixture.relay.partsAccepted();
        assertThat(before).isNotEmpty();

        fixture.run(plan);

        assertThat(fixture.relay.partsAccepted()).doesNotHaveDuplicates().startsWith(before.toArray(String[]::new));
        fixture.assertArrived(plan);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void aPackThatWasBegunStaysInItsFolderWhenThePrefixIsChanged(int partsBefore) throws Exception {
        var plan = fixture.season().plan(VOLUME);
        crashAfter(partsBefore, plan);
        fixture.prefix = "another/place";

        var sealed = fixture.run(plan);

        assertThat(sealed.manifest()).isEqualTo(ObjectKey.manifest(UploadFixture.PREFIX, UploadFixture.PACK));
        fixture.assertArrived(plan);
    }

    @Test
    void volumesThatAreRowsAlreadyGoWhereTheRowsSay() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        try (var ledger = fixture.ledger(plan)) {
            for (var volume : plan.volumes()) ledger.planned(volume.index(), fixture.key(volume.name()));
        }
        fixture.prefix = "another/place";

        fixture.run(plan);

        fixture.assertArrived(plan);
    }

    @Test
    void aPartThatOnlyTheLedgerKnowsIsSentAgain() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        crashAfter(2, plan);
        fixture.relay.on(Kind.LIST_PARTS, 10, S3Fault.staleList());

        fixture.run(plan);

        fixture.assertArrived(plan);
    }

    @Test
    void anUploadWhoseIdWasNotNotedIsFoundByItsKey() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        var key = fixture.key(plan.volumes().getFirst().name());
        var stray = fixture.store.create(key, "application/octet-stream");
        try (var ledger = fixture.ledger(plan)) {
            ledger.planned(0, key);
        }

        fixture.run(plan);

        assertThat(fixture.relay.seen(Kind.CREATE)).hasSize(3);
        assertThat(fixture.relay.seen(Kind.PART))
                .anyMatch(part -> part.toString().contains(stray.id()));
        fixture.assertArrived(plan);
    }

    @Test
    void anUploadThatSomebodyAbortedIsBegunAfresh() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        crashAfter(1, plan);
        var aborted = abortOpenUploads(plan);
        // This server still answers after an abort; the others say so.
        fixture.relay.on(
                message -> message.kind() == Kind.LIST_PARTS && aborted.stream().anyMatch(message.toString()::contains),
                10,
                S3Fault.error(404, "NoSuchUpload"));

        fixture.run(plan);

        fixture.assertArrived(plan);
    }

    @Test
    void aCrashBetweenCompleteAndItsRowIsMadeGood() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        var ledger = new ForgetfulLedger(fixture.ledger(plan), Integer.MAX_VALUE);
        assertThatThrownBy(() -> fixture.upload(plan, ledger).run(_ -> {})).isInstanceOf(IOException.class);
        ledger.close();
        fixture.relay.settle();
        var completed = fixture.relay.seen(Kind.COMPLETE).size();

        fixture.run(plan);

        assertThat(completed).isPositive();
        assertThat(fixture.relay.partsAccepted()).doesNotHaveDuplicates();
        fixture.assertArrived(plan);
    }

    private List<String> abortOpenUploads(ArchivePlan plan) throws Exception {
        var aborted = new ArrayList<String>();
        try (var ledger = fixture.ledger(plan)) {
            for (var volume : ledger.volumes()) {
                if (volume.completed() != null || volume.uploadId() == null) continue;
                fixture.store.abort(new ObjectStore.OpenUpload(volume.key(), volume.uploadId()));
                aborted.add(volume.uploadId());
            }
        }
        return aborted;
    }

    /// The process dies when the ledger holds so many parts; what is on its way then may or may not arrive.
    private void crashAfter(int parts, ArchivePlan plan) throws Exception {
        var ledger = new ForgetfulLedger(fixture.ledger(plan), parts, false);
        try {
            assertThatThrownBy(() -> fixture.upload(plan, ledger).run(_ -> {})).isInstanceOf(IOException.class);
        } finally {
            ledger.close();
        }
        fixture.relay.settle();
    }
}
