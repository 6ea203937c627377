package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.uploading.DestinationFacts.ConditionalPut;
import java.net.ConnectException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The probe says what works, whether the payload's digest is enforced, and leaves nothing behind.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadDestinationProbeTest {
    private final S3Server server = S3Server.shared();
    private final S3Relay relay = S3Relay.before(server);
    private final String bucket = server.newBucket();

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void aGoodDestinationPassesEverything() throws Exception {
        var result = probe(bucket);

        assertThat(result.works()).as("%s", result).isTrue();
        assertThat(names(result)).containsExactly("put", "multipart", "range", "presigned address", "delete");
        assertThat(result.facts()).isEqualTo(new DestinationFacts(true, true, true, true, ConditionalPut.HONOURED, 0));
        assertThat(server.filesIn(bucket)).isEmpty();
    }

    @Test
    void aDestinationThatTakesAnyBytesIsFoundOut() throws Exception {
        relay.on(Kind.PART, 1, S3Fault.answer(200, ""));
        relay.on(carrying("content-md5"), 1, S3Fault.answer(200, ""));
        relay.on(carrying("x-amz-checksum-crc32c"), 1, S3Fault.answer(200, ""));
        relay.on(carrying("x-amz-trailer"), 1, S3Fault.error(400, "InvalidRequest"));

        var result = probe(bucket);

        assertThat(result.works()).isTrue();
        assertThat(result.facts())
                .isEqualTo(new DestinationFacts(false, false, false, false, ConditionalPut.HONOURED, 0));
    }

    @Test
    void whatChecksTheMd5OfWholeObjectsOnlyProvesNoPart() throws Exception {
        relay.on(Kind.PART, 2, S3Fault.answer(200, ""));

        var result = probe(bucket);

        assertThat(result.works()).isTrue();
        assertThat(result.facts().provesParts()).isFalse();
        assertThat(relay.seen(Kind.PART)).filteredOn(carrying("content-md5")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"if-none-match, 200, IGNORED", "if-none-match, 501, REFUSED", "if-match, 412, CREATE_ONLY"})
    void conditionsThatCountForNothingAreFoundOut(String header, int status, ConditionalPut expected) throws Exception {
        relay.on(carrying(header), 9, S3Fault.error(status, "Odd"));

        var result = probe(bucket);

        assertThat(result.works()).isTrue();
        assertThat(result.facts().conditionalPut()).isEqualTo(expected);
    }

    @Test
    void aClockThatIsOffIsSaidInSeconds() throws Exception {
        try (var store = S3Fixture.store(relay.endpoint(), bucket)) {
            InstantSource ahead = () -> Instant.now().plusSeconds(300);
            var facts = DestinationProbe.run(store, "", ahead).facts();
            assertThat(facts.clockAheadSeconds()).isBetween(295L, 305L);
            assertThat(facts.clockIsOff()).isTrue();
        }
    }

    @Test
    void whatAKilledProbeLeftIsRemovedByALaterOneAndNothingElse() throws Exception {
        try (var store = S3Fixture.store(relay.endpoint(), bucket)) {
            var left = ProbeKeys.fresh("some/prefix");
            store.create(left.multipart(), "text/plain");
            for (var key : List.of(left.small(), ObjectKey.of("some/prefix", "probe-of-mine", "small")))
                store.put(key, PartBody.of(ByteBuffer.allocate(1), PartBody.Pace.UNLIMITED), "text/plain");
            probe(bucket);
            assertThat(server.filesIn(bucket))
                    .as("it may still be at work")
                    .contains(left.small().value());
            assertThat(store.openUploads(left.multipart())).hasSize(1);

            DestinationProbe.run(store, "some/prefix", () -> Instant.now().plusSeconds(2 * 3600));

            assertThat(server.filesIn(bucket)).containsExactly("some/prefix/probe-of-mine/small");
            assertThat(store.openUploads(left.multipart())).isEmpty();
        }
    }

    @Test
    void aDeleteThatIsAnsweredWithErrorsIsNoDelete() throws Exception {
        relay.on(Kind.DELETE, 1, S3Fault.answer(200, """
                <DeleteResult><Error><Key>k</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"""));

        var delete = probe(bucket).checks().getLast();

        assertThat(delete.what()).isEqualTo("delete");
        assertThat(delete.problem()).contains("was not deleted: AccessDenied: no");
    }

    @Test
    void aDeleteThatDeletesNothingIsFoundOut() throws Exception {
        relay.on(Kind.DELETE, 1, S3Fault.answer(200, "<DeleteResult/>"));

        assertThat(probe(bucket).checks().getLast().problem()).contains("is still there after it was deleted");
    }

    /// A request with this header.
    private static Predicate<S3Message> carrying(String header) {
        return message -> message.headers().toLowerCase(Locale.ROOT).contains("\r\n" + header + ":");
    }

    @Test
    void withoutABucketTheFirstCheckSaysSoAndIsTheLast() throws Exception {
        var result = probe("no-such-bucket");

        assertThat(result.works()).isFalse();
        assertThat(names(result)).containsExactly("put");
        assertThat(result.checks().getFirst().problem()).contains("no bucket no-such-bucket");
    }

    @Test
    void whatIsNotAllowedIsNamedAndTheRestIsTried() throws Exception {
        relay.on(Kind.CREATE, 1, S3Fault.error(403, "AccessDenied"));

        var result = probe(bucket);

        assertThat(result.checks().get(1).problem()).contains("give these keys the right");
        assertThat(names(result)).hasSize(5);
        assertThat(server.filesIn(bucket)).isEmpty();
    }

    @Test
    void aFailureWithoutWordsIsAFailureAllTheSame() {
        var check = new DestinationProbe.Check("presigned address", new ConnectException());

        assertThat(check.works()).isFalse();
        assertThat(check.problem()).contains("ConnectException");
    }

    @Test
    void anAddressForClientsWhereNothingAnswersIsSaidAndMayPass() throws Exception {
        var settings = S3Fixture.settings(relay.endpoint(), bucket);
        var nowhere = new DestinationSettings.Address(
                relay.endpoint(),
                URI.create("http://127.0.0.1:1"),
                settings.address().region(),
                true);
        var elsewhere =
                new DestinationSettings("s3", bucket, "", nowhere, settings.keys(), DestinationSettings.Storage.PLAIN);
        try (var store = S3ObjectStore.open(elsewhere)) {
            var check = DestinationProbe.run(store, "").checks().get(3);

            assertThat(check.problem()).contains("127.0.0.1:1");
            assertThat(check.failure())
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.mayPass()).isTrue());
        }
    }

    private DestinationProbe.Result probe(String name) throws Exception {
        try (var store = S3Fixture.store(relay.endpoint(), name)) {
            return DestinationProbe.run(store, "some/prefix");
        }
    }

    private static List<String> names(DestinationProbe.Result result) {
        return result.checks().stream().map(DestinationProbe.Check::what).toList();
    }
}
