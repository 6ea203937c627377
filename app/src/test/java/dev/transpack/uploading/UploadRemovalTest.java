package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.uploading.UploadFixture.Stopped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A cancelled upload leaves nothing behind, and takes nothing that is not its own.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadRemovalTest {
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
    void whatWasBegunCompletedAndSealedIsGoneAfterwards() throws Exception {
        var plan = fixture.season().plan(12 << 20);
        fixture.run(plan);

        remove();

        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
    }

    @Test
    void anUploadStoppedHalfWayLeavesNothing() throws Exception {
        var plan = fixture.season().plan(12 << 20);
        try (var ledger = fixture.ledger(plan)) {
            // The last volume never arrives: some of it is on its way when the watcher stops.
            fixture.relay.on(
                    message -> message.kind() == Kind.PART && message.path().contains("part3"),
                    100,
                    S3Fault.error(500, "InternalError"));
            var upload = new PackUpload(
                    fixture.pack(plan),
                    fixture.destination(),
                    ledger,
                    UploadFixture.SETTINGS,
                    PartBody.Pace.UNLIMITED,
                    new Retries(1000, java.time.Duration.ofMillis(10), java.time.Duration.ofMillis(10)));
            assertThatThrownBy(() -> upload.run(UploadFixture.stopAfter(4))).isInstanceOf(Stopped.class);
        }
        fixture.relay.settle();
        assertThat(fixture.relay.seen(Kind.ABORT)).isEmpty();

        remove();

        for (var volume : plan.volumes())
            assertThat(fixture.store.openUploads(fixture.key(volume.name()))).isEmpty();
        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
    }

    @Test
    void neighboursStayAndTwiceIsFine() throws Exception {
        var plan = fixture.season().plan(12 << 20);
        fixture.run(plan);
        var neighbour = ObjectKey.of(UploadFixture.PREFIX, UploadFixture.PACK, "somebody else's");
        var body = PartBody.of(ByteBuffer.wrap(new byte[1]), PartBody.Pace.UNLIMITED);
        fixture.store.put(neighbour, body, "text/plain");

        remove();
        remove();

        assertThat(fixture.server.filesIn(fixture.bucket)).containsExactly(neighbour.value());
    }

    /// As a node that was frozen while another took its job over.
    @Test
    void whoeverHasLostTheLedgerTakesNothing() throws Exception {
        var plan = fixture.season().plan(12 << 20);
        fixture.run(plan);
        var before = fixture.server.filesIn(fixture.bucket);
        var started = new LedgerFile.Start("x", "x", UploadFixture.PART, null);
        try (var file = LedgerFile.open(home.resolve("state/one.upload"), started);
                var lost = new ForgetfulLedger(file, 0)) {
            assertThatThrownBy(() -> lost.completed(0, file.volumes().getFirst().completed()));
            assertThatThrownBy(() ->
                            new UploadRemoval(fixture.store, UploadFixture.QUICK).remove(UploadFixture.PACK, lost))
                    .hasMessageContaining("died here");
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).isEqualTo(before).isNotEmpty();
    }

    @Test
    void whatCannotBeDeletedIsNamed() throws Exception {
        var plan = fixture.season().plan(12 << 20);
        fixture.run(plan);
        var key = fixture.key(plan.volumes().getFirst().name());
        fixture.relay.on(
                Kind.DELETE,
                1,
                S3Fault.answer(
                        200,
                        "<DeleteResult><Error><Key>" + key
                                + "</Key><Code>AccessDenied</Code><Message>locked</Message></Error></DeleteResult>"));

        assertThatThrownBy(this::remove).isInstanceOf(StoreException.class).hasMessageContaining(key.value());
    }

    private void remove() throws Exception {
        try (var ledger = LedgerFile.open(
                home.resolve("state").resolve("one.upload"),
                new LedgerFile.Start("x", "x", UploadFixture.PART, null))) {
            new UploadRemoval(fixture.store, UploadFixture.QUICK).remove(UploadFixture.PACK, ledger);
        }
    }
}
