package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts: the same bytes always, in bounded memory, from wherever a ledger left off.
@Timeout(60)
class PartStreamTest {
    private static final int VOLUME = 400;
    private static final int PART = 137;

    @TempDir
    Path scratch;

    @Test
    void twoRunsGiveTheSameBytes() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(VOLUME);

        assertThat(Packing.produce(plan, PART, PartLedger.empty()))
                .isEqualTo(Packing.produce(plan, PART, PartLedger.empty()));
    }

    @Test
    void thePartSizeDoesNotChangeTheBytes() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(VOLUME);
        var expected = Packing.volumes(Packing.produce(plan, VOLUME, PartLedger.empty()));

        for (var partSize : List.of(101, 128, 137, 200, 399)) {
            assertThat(Packing.volumes(Packing.produce(plan, partSize, PartLedger.empty())))
                    .usingRecursiveComparison()
                    .isEqualTo(expected);
        }
    }

    @Test
    void aPartKnowsItsOwnChecksumAndPlace() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(VOLUME);

        try (var stream = new PartStream(plan, PART, PartLedger.empty(), 3)) {
            for (var next = stream.next(); next != null; next = stream.next()) {
                try (var part = next) {
                    var bytes = new byte[part.length()];
                    part.bytes().get(bytes);
                    assertThat(part.bytes().isDirect()).isTrue();
                    assertThat(part.crc32()).isEqualTo(crc32(bytes));
                    assertThat(part.offset()).isEqualTo((part.number() - 1L) * PART);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 113, 137, 199, 256})
    void neverMoreThanTwoPartsWaitWhileOneIsFilled(int partSize) throws Exception {
        for (var volume = 150; volume < 600; volume += 23) {
            var plan = FolderFixture.awkward(Files.createTempDirectory(scratch, "in"))
                    .plan(volume);
            try (var stream = new PartStream(plan, partSize, PartLedger.empty(), 3)) {
                // With a fourth buffer needed, the stream would wait for ever: the time-out would fail this test.
                assertThat(Packing.drain(stream)).isNotEmpty();
                assertThat(stream.buffersMade()).isLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void partsInFlightNeverExceedTheBuffers() throws Exception {
        var plan = FolderFixture.in(scratch, "Top").file("a", 100_000).plan(50_000);
        var inFlight = new ArrayList<Part>();

        try (var stream = new PartStream(plan, 1000, PartLedger.empty(), 6)) {
            for (var part = stream.next(); part != null; part = stream.next()) {
                inFlight.add(part);
                if (inFlight.size() == 4) {
                    inFlight.removeFirst().close();
                }
            }
            assertThat(stream.buffersMade()).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void closingWakesAReaderThatWaitsForABuffer() throws Exception {
        var plan = FolderFixture.in(scratch, "Top").file("a", 100_000).plan(1_000_000);
        var stream = new PartStream(plan, 1000, PartLedger.empty(), 3);
        var waiting = new CountDownLatch(1);
        var failure = new CompletableFuture<Throwable>();
        var reader = Thread.ofVirtual().start(() -> takeAll(stream, waiting, failure));

        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        stream.close();

        assertThat(failure.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ArchiveException.class)
                .satisfies(e -> assertThat(((ArchiveException) e).kind()).isEqualTo(ArchiveException.Kind.CLOSED));
        reader.join();
    }

    @Test
    void interruptingWakesAReaderThatWaitsForABuffer() throws Exception {
        var plan = FolderFixture.in(scratch, "Top").file("a", 100_000).plan(1_000_000);
        try (var stream = new PartStream(plan, 1000, PartLedger.empty(), 3)) {
            var waiting = new CountDownLatch(1);
            var failure = new CompletableFuture<Throwable>();
            var reader = Thread.ofPlatform().start(() -> takeAll(stream, waiting, failure));

            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
            reader.interrupt();

            assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            reader.join();
        }
    }

    @Test
    void aFreedBufferLetsAWaitingReaderGoOn() throws Exception {
        var plan = FolderFixture.in(scratch, "Top").file("a", 5_000).plan(1_000_000);
        try (var stream = new PartStream(plan, 1000, PartLedger.empty(), 3)) {
            var first = Packing.next(stream);
            var second = Packing.next(stream);
            var third = CompletableFuture.supplyAsync(() -> Packing.next(stream));
            first.close();
            first.close(); // a second time does nothing

            var part = third.get(30, TimeUnit.SECONDS);
            assertThat(part.length()).isPositive();
            assertThatThrownBy(first::bytes).isInstanceOf(IllegalStateException.class);
            part.close();
            second.close();
        }
    }

    @Test
    void aLedgerOfAnotherPlanIsRefused() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(VOLUME);
        var other = Packing.produce(
                FolderFixture.awkward(Files.createDirectory(scratch.resolve("x")))
                        .plan(VOLUME - 1),
                PART,
                PartLedger.empty());

        assertThatThrownBy(() -> Packing.produce(plan, PART, Packing.ledger(other)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("another plan");
    }

    @Test
    void contentThatChangedUnseenBetweenTwoRunsIsFoundByTheHeaderAlreadySent() throws Exception {
        var time = Instant.ofEpochSecond(1_500_000_000);
        var folder = FolderFixture.in(scratch, "Top").file("a", 1000).modified("a", time);
        var plan = folder.plan(10_000);
        var whole = Packing.produce(plan, 200, PartLedger.empty());
        var onlyTheHeader = new LinkedHashMap<>(whole);
        onlyTheHeader.keySet().removeIf(name -> name.number() != 1);
        folder.file("a", new byte[1000]).modified("a", time);

        assertThatThrownBy(() -> Packing.produce(plan, 200, Packing.ledger(onlyTheHeader)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("'Top/a'")
                .hasMessageContaining("differs from what was already sent");
    }

    @Test
    void tooFewBuffersOrTooShortPartsAreProgrammingErrors() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(VOLUME);

        assertThatThrownBy(() -> new PartStream(plan, PART, PartLedger.empty(), 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PartStream(plan, 16, PartLedger.empty(), 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void checksumsAreNotToldBeforeTheyAreKnown() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(VOLUME);
        try (var stream = new PartStream(plan, PART, PartLedger.empty(), 3)) {
            assertThatThrownBy(() -> stream.entryCrc32(0)).isInstanceOf(IllegalStateException.class);
        }
    }

    /// Takes parts and keeps them, until the last buffer is gone and the next call must wait.
    private static void takeAll(PartStream stream, CountDownLatch waiting, CompletableFuture<Throwable> failure) {
        try {
            stream.next();
            stream.next();
            waiting.countDown();
            stream.next();
            stream.next();
            failure.completeExceptionally(new AssertionError("the stream gave more parts than it has buffers"));
        } catch (ArchiveException | InterruptedException e) {
            failure.complete(e);
        }
    }

    private static int crc32(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
