package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.uploading.ObjectStore.ObjectVersion;
import dev.transpack.uploading.ObjectStore.SaveAs;
import dev.transpack.uploading.ObjectStore.StoredPart;
import dev.transpack.uploading.StoreException.Kind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every object store must do; each implementation runs it on a real server.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ObjectStoreContract {
    private static final int PART = 5 << 20;
    private static final String BINARY = "application/octet-stream";

    abstract ObjectStore store();

    @Test
    void partsInAnyOrderBecomeOneObject() throws Exception {
        var key = ObjectKey.of("some/prefix", "pack-1", "Film.part1.rar");
        var content = randomBytes(2 * PART + 17);
        var upload = store().create(key, BINARY);
        var last = send(upload, 3, content, 2 * PART, 17);
        var first = send(upload, 1, content, 0, PART);
        var second = send(upload, 2, content, PART, PART);

        assertThat(store().listParts(upload)).containsExactly(first, second, last);
        var object = store().complete(upload, List.of(first, second, last));

        assertThat(object.size()).isEqualTo(content.length);
        assertThat(store().find(key)).hasValueSatisfying(found -> {
            assertThat(found.size()).isEqualTo(content.length);
            assertThat(found.etag()).isEqualTo(object.etag());
        });
        assertThat(store().read(key, PART - 3, 7)).isEqualTo(Arrays.copyOfRange(content, PART - 3, PART + 4));
        assertThat(store().read(key, 0, content.length)).isEqualTo(content);
    }

    @Test
    void completingTwiceIsSuccess() throws Exception {
        var upload = store().create(ObjectKey.of("", "pack-2", "a.rar"), BINARY);
        var part = send(upload, 1, randomBytes(100), 0, 100);
        store().complete(upload, List.of(part));

        assertThat(store().complete(upload, List.of(part)).size()).isEqualTo(100);
    }

    @Test
    void completingWhatIsNotThereIsNotFound() {
        var upload = new ObjectStore.OpenUpload(ObjectKey.of("", "pack-3", "never.rar"), "0123456789abcdef");

        assertKind(Kind.NOT_FOUND, () -> store().complete(upload, List.of(new StoredPart(1, 5, "abc"))));
    }

    @Test
    void otherBytesThanSignedAreNotAccepted() throws Exception {
        var upload = store().create(ObjectKey.of("", "pack-4", "a.rar"), BINARY);
        var wrong = new PartBody(ByteBuffer.wrap(randomBytes(100)), "0".repeat(64), PartBody.Pace.UNLIMITED);

        assertKind(Kind.CORRUPT, () -> store().uploadPart(upload, 1, wrong));
        assertThat(store().listParts(upload)).isEmpty();
        store().abort(upload);
    }

    @Test
    void openUploadsAreThoseOfExactlyThisKey() throws Exception {
        var key = ObjectKey.of("", "pack-5", "a.rar");
        var upload = store().create(key, BINARY);
        var longer = store().create(ObjectKey.of("", "pack-5", "a.rar.par2"), BINARY);

        assertThat(store().openUploads(key)).containsExactly(upload);
        store().abort(upload);
        store().abort(upload);
        assertThat(store().openUploads(key)).isEmpty();
        store().abort(longer);
    }

    @Test
    void listsTellWhatLiesAndWhatIsOpenBelowAPrefixAndNothingElse() throws Exception {
        var key = ObjectKey.of("lists", "pack-12", "a b+c.rar");
        store().put(key, body(new byte[7]), BINARY);
        store().put(ObjectKey.of("lists2", "pack-12", "a.rar"), body(new byte[1]), BINARY);
        var upload = store().create(ObjectKey.of("lists", "pack-12", "open.rar"), BINARY);
        assertThat(store().lastPart(upload)).isEmpty();
        send(upload, 1, randomBytes(50), 0, 50);
        var other = store().create(ObjectKey.of("lists2", "pack-12", "open.rar"), BINARY);

        var objects = new ArrayList<ObjectStore.ListedObject>();
        store().objects("lists/", objects::addAll);
        var uploads = new ArrayList<ObjectStore.ListedUpload>();
        store().uploads("lists/", uploads::addAll);

        var now = Instant.now();
        assertThat(objects).singleElement().satisfies(object -> {
            assertThat(object.key()).isEqualTo(key.value());
            assertThat(object.size()).isEqualTo(7);
            assertThat(object.modified()).isBetween(now.minusSeconds(60), now.plusSeconds(60));
        });
        assertThat(uploads).singleElement().satisfies(open -> {
            assertThat(open.id()).isEqualTo(upload.id());
            assertThat(open.begun()).isBetween(now.minusSeconds(60), now.plusSeconds(60));
        });
        assertThat(store().lastPart(upload).orElseThrow()).isBetween(now.minusSeconds(60), now.plusSeconds(60));
        store().abort(upload);
        store().abort(other);
    }

    @Test
    void aConditionThatIsNotMetIsAConflictAndChangesNothing() throws Exception {
        var key = ObjectKey.manifest("p", "pack-14");
        var first = store().put(key, body(bytes("first")), "application/json", Map.of("If-None-Match", "*"));

        assertKind(
                Kind.CONFLICT,
                () -> store().put(key, body(bytes("other")), "application/json", Map.of("If-None-Match", "*")));

        assertThat(store().find(key)).contains(first);
    }

    @Test
    void putReplacesAndFindSaysWhatIsThere() throws Exception {
        var key = ObjectKey.manifest("p", "pack-6");
        assertThat(store().find(key)).isEmpty();
        store().put(key, body(bytes("first")), "application/json");
        var second = store().put(key, body(bytes("second one")), "application/json");

        assertThat(store().find(key))
                .hasValueSatisfying(found -> assertThat(found.etag()).isEqualTo(second.etag()));
        assertThat(store().read(key, 0, 10)).asString().isEqualTo("second one");
    }

    @Test
    void readingBeyondTheEndOrNothingIsAnError() throws Exception {
        var key = ObjectKey.of("", "pack-7", "short");
        assertKind(Kind.NOT_FOUND, () -> store().read(key, 0, 1));
        store().put(key, body(new byte[10]), BINARY);

        assertKind(Kind.CORRUPT, () -> store().read(key, 5, 10));
    }

    @Test
    void deletesExactlyWhatIsNamedHoweverMany() throws Exception {
        var keys = IntStream.range(0, 1003)
                .mapToObj(i -> ObjectKey.of("", "pack-8", "object-" + i))
                .toList();
        for (var i : List.of(0, 999, 1000, 1002)) store().put(keys.get(i), body(new byte[1]), BINARY);
        var neighbour = ObjectKey.of("", "pack-8", "object-10020");
        store().put(neighbour, body(new byte[1]), BINARY);

        var failed = store().delete(
                        keys.stream().map(key -> new ObjectVersion(key, null)).toList());

        assertThat(failed).isEmpty();
        for (var i : List.of(0, 999, 1000, 1002))
            assertThat(store().find(keys.get(i))).isEmpty();
        assertThat(store().find(neighbour)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch x).rar",
                "\"; rm -rf .",
                "<img src=x onerror=alert(1)>",
                "a+b & c=d#e?f%20g",
                "semi;colon,comma'quote`",
                "Ünïcödé 日本語 😀.rar",
                "back\\slash | pipe ~ *"
            })
    void anyNameSurvives(String name) throws Exception {
        var key = ObjectKey.of("pre fix/ä", "pack-9", name);
        var upload = store().create(key, BINARY);
        var part = send(upload, 1, randomBytes(50), 0, 50);
        store().complete(upload, List.of(part));

        assertThat(store().find(key)).isPresent();
        assertThat(fetch(key, name).headers().firstValue("content-disposition"))
                .contains(ContentDisposition.attachment(name));
        assertThat(store().delete(List.of(new ObjectVersion(key, null)))).isEmpty();
        assertThat(store().find(key)).isEmpty();
    }

    @Test
    void aPresignedAddressServesRangesToAnybody() throws Exception {
        var key = ObjectKey.of("", "pack-10", "Film.rar");
        var content = randomBytes(1000);
        store().put(key, body(content), BINARY);

        var answer = fetch(key, "Film.rar");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, 10, 20));
        assertThat(answer.headers().firstValue("content-type")).contains("application/vnd.rar");
    }

    @Test
    void anInterruptEndsACall() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> store().find(ObjectKey.of("", "pack-11", "x")))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    static byte[] randomBytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static PartBody body(byte[] bytes) {
        return PartBody.of(ByteBuffer.wrap(bytes), PartBody.Pace.UNLIMITED);
    }

    static void assertKind(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }

    private StoredPart send(ObjectStore.OpenUpload upload, int number, byte[] content, int from, int length)
            throws Exception {
        var bytes = ByteBuffer.wrap(content, from, length);
        var etag = store().uploadPart(upload, number, PartBody.of(bytes, PartBody.Pace.UNLIMITED));
        return new StoredPart(number, length, etag);
    }

    private java.net.http.HttpResponse<byte[]> fetch(ObjectKey key, String name) throws Exception {
        var address = store().presign(key, new SaveAs(name, "application/vnd.rar"), Duration.ofMinutes(15));
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address)
                    .header("Range", "bytes=10-19")
                    .build();
            return http.send(request, BodyHandlers.ofByteArray());
        }
    }
}
