package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.settings.Secret;
import dev.transpack.uploading.ObjectStore.StoredPart;
import dev.transpack.uploading.StoreException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The contract on a real server, and what happens when it, the way to it, or the settings are at fault.
class S3ObjectStoreTest extends ObjectStoreContract {
    private static final String BUCKET = S3Server.shared().newBucket();
    private static final ObjectKey KEY = ObjectKey.of("", "pack", "a.rar");

    private final S3Relay relay = S3Relay.before(S3Server.shared());
    private final ObjectStore store = open(S3Fixture.settings(relay.endpoint(), BUCKET));

    @Override
    ObjectStore store() {
        return store;
    }

    @BeforeEach
    void noFaults() {
        relay.heal();
    }

    @AfterEach
    void close() {
        store.close();
        relay.close();
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError, UNAVAILABLE",
        "503, SlowDown, THROTTLED",
        "503, ServiceUnavailable, UNAVAILABLE",
        "403, AccessDenied, DENIED",
        "403, RequestTimeTooSkewed, DENIED",
        "403, ExpiredToken, DENIED",
        "400, BadDigest, CORRUPT",
        "301, PermanentRedirect, REFUSED",
        "501, NotImplemented, REFUSED",
        "505, Odd, UNAVAILABLE",
        "522, Odd, UNAVAILABLE",
        "530, Odd, UNAVAILABLE",
        "404, NoSuchUpload, NOT_FOUND",
        "404, NoSuchBucket, REFUSED"
    })
    void everyAnswerHasItsKind(int status, String code, Kind kind) throws Exception {
        var upload = store.create(KEY, "x/y");
        relay.on(S3Message.Kind.PART, 1, S3Fault.error(status, code));

        assertKind(kind, () -> store.uploadPart(upload, 1, body(new byte[1000])));
        store.abort(upload);
    }

    @Test
    void aConnectionThatBreaksInTheBodyMayPass() throws Exception {
        var upload = store.create(KEY, "x/y");
        relay.on(S3Message.Kind.PART, 1, S3Fault.resetInBody());

        assertKind(Kind.UNAVAILABLE, () -> store.uploadPart(upload, 1, body(randomBytes(5 << 20))));
        store.abort(upload);
    }

    @Test
    void aChangedBitIsNoticed() throws Exception {
        var upload = store.create(KEY, "x/y");
        relay.on(S3Message.Kind.PART, 1, S3Fault.flipBit());

        assertKind(Kind.CORRUPT, () -> store.uploadPart(upload, 1, body(randomBytes(1000))));
        store.abort(upload);
    }

    @Test
    void anErrorInAnAnswerOf200IsAnError() throws Exception {
        var upload = store.create(KEY, "x/y");
        var part = new StoredPart(1, 10, store.uploadPart(upload, 1, body(randomBytes(10))));
        relay.on(S3Message.Kind.COMPLETE, 1, S3Fault.errorInBody());

        assertKind(Kind.UNAVAILABLE, () -> store.complete(upload, List.of(part)));
        assertThat(store.complete(upload, List.of(part)).size()).isEqualTo(10);
    }

    @Test
    void aLostAnswerOfCompleteIsMadeGoodByTheNext() throws Exception {
        var upload = store.create(KEY, "x/y");
        var part = new StoredPart(1, 10, store.uploadPart(upload, 1, body(randomBytes(10))));
        relay.on(S3Message.Kind.COMPLETE, 1, S3Fault.loseAnswer());
        assertKind(Kind.UNAVAILABLE, () -> store.complete(upload, List.of(part)));
        relay.on(S3Message.Kind.COMPLETE, 1, S3Fault.error(404, "NoSuchUpload"));

        assertThat(store.complete(upload, List.of(part)).etag())
                .isEqualTo(store.find(KEY).orElseThrow().etag());
    }

    @Test
    void aListIsReadPageByPageUntilThatWasEnough() throws Exception {
        relay.on(isListing("continuation-token=next"), 9, S3Fault.answer(200, listing(false, "p/c")));
        relay.on(isListing("list-type=2"), 9, S3Fault.answer(200, listing(true, "p/a", "p/b")));
        var found = new ArrayList<String>();

        store.objects(
                "p/",
                page -> found.addAll(
                        page.stream().map(ObjectStore.ListedObject::key).toList()));
        assertThat(found).containsExactly("p/a", "p/b", "p/c");

        store.objects(
                "p/",
                page -> !found.addAll(
                        page.stream().map(ObjectStore.ListedObject::key).toList()));
        assertThat(found).hasSize(5);
    }

    private static Predicate<S3Message> isListing(String query) {
        return message ->
                message.kind() == S3Message.Kind.GET && message.toString().contains(query);
    }

    private static String listing(boolean more, String... keys) {
        var objects = Arrays.stream(keys)
                .map(key -> "<Contents><Key>" + key
                        + "</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>")
                .collect(Collectors.joining());
        return "<ListBucketResult><IsTruncated>" + more + "</IsTruncated>"
                + (more ? "<NextContinuationToken>next</NextContinuationToken>" : "") + objects
                + "</ListBucketResult>";
    }

    @Test
    void requestsCarryNothingThatOldServersMisread() throws Exception {
        var upload = store.create(KEY, "x/y");
        var etag = store.uploadPart(upload, 1, body(randomBytes(1000)));
        store.complete(upload, List.of(new StoredPart(1, 1000, etag)));

        var part = relay.seen(S3Message.Kind.PART).getFirst().headers().toLowerCase(Locale.ROOT);
        assertThat(part)
                .contains("x-amz-content-sha256: " + Digests.sha256(java.nio.ByteBuffer.wrap(randomBytes(1000))))
                .doesNotContain("expect:", "aws-chunked", "x-amz-trailer", "x-amz-acl", "x-amz-checksum", "crc32");
        var create = relay.seen(S3Message.Kind.CREATE).getFirst().headers().toLowerCase(Locale.ROOT);
        assertThat(create).doesNotContain("x-amz-acl", "x-amz-checksum", "x-amz-storage-class");
    }

    @Test
    void wrongSettingsAreSaidInOneSentence() {
        var server = S3Server.shared().endpoint();
        assertSaid(S3Fixture.settings(server, BUCKET, "nobody", "x"), Kind.DENIED, "keys are not accepted");
        assertSaid(
                S3Fixture.settings(server, BUCKET, S3Server.ACCESS_KEY, "wrong"),
                Kind.DENIED,
                "destinations.test.secret-key");
        assertSaid(S3Fixture.settings(server, "no-such-bucket"), Kind.REFUSED, "there is no bucket no-such-bucket");
        assertSaid(
                S3Fixture.settings(URI.create("http://127.0.0.1:1"), BUCKET),
                Kind.UNAVAILABLE,
                "nothing answers at http://127.0.0.1:1");
        assertSaid(
                S3Fixture.settings(URI.create("http://no-such-host.invalid"), BUCKET),
                Kind.UNAVAILABLE,
                "host name is not known");
        assertSaid(
                S3Fixture.settings(URI.create("https://127.0.0.1:" + server.getPort()), BUCKET),
                Kind.REFUSED,
                "no secure connection");
    }

    @Test
    void linksAreSignedForTheNameThatClientsUse() {
        var plain = S3Fixture.settings(relay.endpoint(), BUCKET);
        var address =
                new DestinationSettings.Address(relay.endpoint(), URI.create("https://files.example.org"), null, true);
        var settings = new DestinationSettings("test", BUCKET, "", address, plain.keys(), plain.storage());
        try (var behindAName = open(settings)) {
            var link =
                    behindAName.presign(KEY, new ObjectStore.SaveAs("a.rar", "x/y"), java.time.Duration.ofMinutes(15));
            assertThat(link.toString()).startsWith("https://files.example.org/" + BUCKET + "/pack/a.rar?");
        }
    }

    private static void assertSaid(DestinationSettings settings, Kind kind, String words) {
        try (var store = open(settings)) {
            assertThatThrownBy(() -> store.create(KEY, "x/y")).isInstanceOfSatisfying(StoreException.class, e -> {
                assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
                assertThat(e.getMessage()).contains(words).endsWith(".").doesNotContain("\n");
            });
        }
    }

    private static ObjectStore open(DestinationSettings settings) {
        try {
            return S3ObjectStore.open(settings);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void amazonsOwnServiceNeedsNoEndpoint() throws Exception {
        var amazon = new DestinationSettings(
                "amazon",
                "films",
                "",
                new DestinationSettings.Address(null, null, "eu-central-1", false),
                new DestinationSettings.Keys("key", new Secret("secret")),
                DestinationSettings.Storage.PLAIN);
        try (var store = S3ObjectStore.open(amazon)) {
            var address = store.presign(
                    ObjectKey.of("", "id", "a.rar"),
                    new ObjectStore.SaveAs("a.rar", "application/vnd.rar"),
                    Duration.ofMinutes(15));
            assertThat(address.getHost()).isEqualTo("films.s3.eu-central-1.amazonaws.com");
        }
    }
}
