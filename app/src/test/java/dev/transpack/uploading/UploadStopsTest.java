package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.uploading.ObjectStore.ObjectVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the way to the bucket, its listings and its owner may do in the middle of an upload.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadStopsTest {
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
    void aNetworkThatIsGoneIsToldAndWhenItIsBackTheRestIsSent() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.relay.on(
                message -> message.kind() == Kind.PART && message.path().contains("part2"), 1, (_, _) -> {
                    fixture.relay.goAway();
                    return false;
                });

        assertThatThrownBy(() -> fixture.run(plan)).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e).hasMessageContaining("nothing answers at " + fixture.relay.endpoint());
            assertThat(e.mayPass()).isTrue();
        });
        var before = fixture.relay.partsAccepted();
        assertThat(before).isNotEmpty();

        fixture.relay.comeBack();
        fixture.run(plan);

        assertThat(fixture.relay.partsAccepted()).startsWith(before.toArray(String[]::new));
        fixture.assertArrived(plan);
    }

    /// One run rides out two minutes, and the job comes again for more than half an hour.
    @Test
    void aNetworkMayBeGoneForMinutes() {
        var ofARun = IntStream.range(1, Retries.STANDARD.attempts())
                .mapToObj(Retries.STANDARD::pause)
                .reduce(Duration.ZERO, Duration::plus);
        assertThat(ofARun).isGreaterThan(Duration.ofSeconds(50));
        var gone = new StoreException(StoreException.Kind.UNAVAILABLE, "nothing answers");
        var ofTheJob = IntStream.rangeClosed(1, 11)
                .mapToObj(attempt -> Retries.ofJob(gone, attempt).orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
        assertThat(ofTheJob).isGreaterThan(Duration.ofMinutes(30));
        assertThat(Retries.ofJob(gone, 12)).isEmpty();
    }

    @Test
    void aLostAnswerOfCreateBeginsNoSecondUpload() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.relay.on(Kind.CREATE, 1, S3Fault.loseAnswer());

        fixture.run(plan);

        assertThat(fixture.relay.seen(Kind.CREATE)).hasSize(3);
        fixture.assertArrived(plan);
    }

    @Test
    void whatWasCompletedAndIsGoneFromTheBucketIsSentAgain() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.relay.on(Kind.PUT, 1, S3Fault.error(403, "AccessDenied"));
        assertThatThrownBy(() -> fixture.run(plan)).isInstanceOf(StoreException.class);
        var first = fixture.key(plan.volumes().getFirst().name());
        assertThat(fixture.store.delete(List.of(new ObjectVersion(first, null))))
                .isEmpty();

        fixture.run(plan);

        fixture.assertArrived(plan);
    }

    @Test
    void anUploadThatIsStillListedAfterItsAbortIsLookedAtAgain() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        var key = fixture.key(plan.volumes().getFirst().name());
        try (var ledger = fixture.ledger(plan)) {
            ledger.planned(0, key);
            fixture.relay.on(Kind.LIST_UPLOADS, 3, listed(key));
            new UploadRemoval(fixture.store, UploadFixture.QUICK).remove(UploadFixture.PACK, ledger);
            assertThat(fixture.relay.seen(Kind.ABORT)).hasSize(3);

            fixture.relay.on(Kind.LIST_UPLOADS, 100, listed(key));
            assertThatThrownBy(() ->
                            new UploadRemoval(fixture.store, UploadFixture.QUICK).remove(UploadFixture.PACK, ledger))
                    .hasMessageEndingWith(key + " could not be removed: its multipart upload some-upload is still"
                            + " listed after it was aborted.");
        }
    }

    @Test
    void anUploadThatAListingDidNotShowIsTakenBackWithTheRest() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        var key = fixture.key(plan.volumes().getFirst().name());
        fixture.store.create(key, "application/octet-stream");
        try (var ledger = fixture.ledger(plan)) {
            ledger.planned(0, key);
            fixture.relay.on(
                    Kind.LIST_UPLOADS,
                    1,
                    S3Fault.answer(200, "<ListMultipartUploadsResult></ListMultipartUploadsResult>"));
            fixture.upload(plan, ledger).run(_ -> {});
            assertThat(fixture.store.openUploads(key)).hasSize(1);

            new UploadRemoval(fixture.store, UploadFixture.QUICK).remove(UploadFixture.PACK, ledger);
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
    }

    private static S3Fault listed(ObjectKey key) {
        return S3Fault.answer(
                200,
                "<ListMultipartUploadsResult><Upload><Key>" + key
                        + "</Key><UploadId>some-upload</UploadId></Upload></ListMultipartUploadsResult>");
    }
}
