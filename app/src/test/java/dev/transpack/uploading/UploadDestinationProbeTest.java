package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        assertThat(result.payloadHashEnforced()).isTrue();
        assertThat(names(result)).containsExactly("put", "multipart", "range", "presigned address", "delete");
        assertThat(server.filesIn(bucket)).isEmpty();
    }

    @Test
    void aDestinationThatTakesAnyBytesIsFoundOut() throws Exception {
        relay.on(Kind.PART, 1, S3Fault.answer(200, ""));

        var result = probe(bucket);

        assertThat(result.works()).isTrue();
        assertThat(result.payloadHashEnforced()).isFalse();
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
