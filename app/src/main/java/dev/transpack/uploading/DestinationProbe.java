package dev.transpack.uploading;

import dev.transpack.uploading.DestinationFacts.ConditionalPut;
import dev.transpack.uploading.ObjectStore.ObjectVersion;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.ObjectStore.SaveAs;
import dev.transpack.uploading.ObjectStore.StoredObject;
import dev.transpack.uploading.ObjectStore.StoredPart;
import dev.transpack.uploading.StoreException.Kind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tries on a destination, with a few tiny objects, all that an upload needs, and removes them: some twenty requests, a
/// few KiB. What it finds decides how volumes are sent and graded: a store that refuses a part with a wrong SHA-256
/// proves every part it accepts, and so does one that refuses a part with a wrong MD5. Whether parts may differ in size
/// cannot be found out with tiny ones; no upload relies
/// on it.
///
/// What a probe leaves whose process is killed, a later one removes.
public final class DestinationProbe {
    static final byte[] CONTENT = "Transpack looks whether this works.".getBytes(StandardCharsets.UTF_8);
    private static final ByteBuffer OTHER = ByteBuffer.wrap("other bytes".getBytes(StandardCharsets.UTF_8));
    private static final String TEXT = "text/plain";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ObjectStore store;
    private final ProbeKeys keys;
    private final InstantSource clock;
    private final List<Check> checks = new ArrayList<>();
    private final Set<ObjectVersion> written = new LinkedHashSet<>();
    private boolean payloadSha256;
    private boolean contentMd5;
    private boolean crc32c;
    private boolean trailers;
    private ConditionalPut conditionalPut = ConditionalPut.IGNORED;
    private long clockAhead;

    /// One thing that was tried.
    ///
    /// @param what such as `put`
    /// @param failure none: it works
    public record Check(String what, @Nullable IOException failure) {
        public boolean works() {
            return failure == null;
        }

        /// What is wrong; none: it works.
        public @Nullable String problem() {
            if (failure == null) return null;
            // Its objects are nobody else's: their keys would say nothing.
            if (failure instanceof StoreException refused) return refused.why();
            var said = failure.getMessage();
            return said == null || said.isBlank()
                    ? "it failed with " + failure.getClass().getSimpleName()
                    : said;
        }
    }

    /// What was found. A check whose failure makes others pointless is the last.
    public record Result(List<Check> checks, DestinationFacts facts) {
        public Result {
            checks = List.copyOf(checks);
        }

        public boolean works() {
            return checks.stream().allMatch(Check::works);
        }
    }

    @FunctionalInterface
    private interface Trial {
        void run() throws IOException, InterruptedException;
    }

    private DestinationProbe(ObjectStore store, String prefix, InstantSource clock) {
        this.store = store;
        this.keys = ProbeKeys.fresh(prefix);
        this.clock = clock;
    }

    /// Tries everything once.
    public static Result run(ObjectStore store, String prefix) throws InterruptedException {
        return run(store, prefix, InstantSource.system());
    }

    static Result run(ObjectStore store, String prefix, InstantSource clock) throws InterruptedException {
        var probe = new DestinationProbe(store, prefix, clock);
        if (probe.check("put", probe::put)) probe.checkTheRest();
        return new Result(probe.checks, probe.facts());
    }

    /// Whether a probe writes there.
    ///
    /// @param behindPrefix what comes behind the prefix of a key
    public static boolean wrote(String behindPrefix) {
        return ProbeKeys.isOne(behindPrefix);
    }

    private DestinationFacts facts() {
        return new DestinationFacts(payloadSha256, contentMd5, crc32c, trailers, conditionalPut, clockAhead);
    }

    private void checkTheRest() throws InterruptedException {
        checksums();
        conditionalPut = conditional();
        check("multipart", this::multipart);
        check("range", this::range);
        check("presigned address", this::presigned);
        check("delete", this::delete);
        keys.sweep(store, clock);
    }

    private boolean check(String what, Trial trial) throws InterruptedException {
        try {
            trial.run();
            return checks.add(new Check(what, null));
        } catch (IOException e) {
            checks.add(new Check(what, e));
            return false;
        }
    }

    private void put() throws IOException, InterruptedException {
        put(keys.small(), body(), Map.of());
    }

    private StoredObject put(ObjectKey key, PartBody body, Map<String, String> headers)
            throws StoreException, InterruptedException {
        var object = store.put(key, body, TEXT, headers);
        written.add(new ObjectVersion(key, object.version()));
        return object;
    }

    /// An upload can do without: what a destination does not answer to counts as not there.
    private void checksums() throws InterruptedException {
        crc32c = fails(
                Kind.CORRUPT, keys.small(), Map.of(AwsChunked.CRC32C, AwsChunked.crc32c(OTHER.asReadOnlyBuffer())));
        trailers = understandsTrailers();
    }

    /// Some servers store what frames the bytes.
    private boolean understandsTrailers() throws InterruptedException {
        try {
            put(keys.trailers(), AwsChunked.body(CONTENT), AwsChunked.headers(CONTENT));
            return store.find(keys.trailers())
                    .filter(object -> object.size() == CONTENT.length)
                    .isPresent();
        } catch (StoreException _) {
            return false;
        }
    }

    private ConditionalPut conditional() throws InterruptedException {
        var wanted = ConditionalPut.HONOURED;
        try {
            var first = put(keys.conditional(), body(), wanted.creating());
            if (!fails(Kind.CONFLICT, keys.conditional(), wanted.creating())) return ConditionalPut.IGNORED;
            if (!fails(Kind.CONFLICT, keys.conditional(), wanted.replacing("0".repeat(32))))
                return ConditionalPut.CREATE_ONLY;
            put(keys.conditional(), body(), wanted.replacing(first.etag()));
            return ConditionalPut.HONOURED;
        } catch (StoreException e) {
            // One that was made, and is not replaced in spite of the right condition.
            return e.kind() == Kind.CONFLICT ? ConditionalPut.CREATE_ONLY : ConditionalPut.REFUSED;
        }
    }

    /// Whether a write with these headers is refused for this reason.
    private boolean fails(Kind why, ObjectKey key, Map<String, String> headers) throws InterruptedException {
        try {
            put(key, body(), headers);
            return false;
        } catch (StoreException e) {
            return e.kind() == why;
        }
    }

    private void multipart() throws IOException, InterruptedException {
        var upload = store.create(keys.multipart(), TEXT);
        try {
            payloadSha256 = refusesWrongHash(upload);
            contentMd5 = refusesWrongMd5(upload);
            var part = new StoredPart(1, CONTENT.length, store.uploadPart(upload, 1, body()));
            var object = store.complete(upload, List.of(part));
            written.add(new ObjectVersion(keys.multipart(), object.version()));
        } catch (IOException | InterruptedException e) {
            abort(upload, e);
            throw e;
        }
    }

    /// Tidies up; the first failure is what counts.
    private void abort(OpenUpload upload, Exception failure) throws InterruptedException {
        try {
            store.abort(upload);
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }

    private boolean refusesWrongHash(OpenUpload upload) throws IOException, InterruptedException {
        var wrong = new PartBody(ByteBuffer.wrap(CONTENT), "0".repeat(64), PartBody.Pace.UNLIMITED);
        try {
            store.uploadPart(upload, 1, wrong);
            return false;
        } catch (StoreException e) {
            // Some say that the digest is wrong, others that the signature is.
            if (e.kind() == Kind.CORRUPT || e.kind() == Kind.DENIED || e.kind() == Kind.REFUSED) return true;
            throw e;
        }
    }

    /// Of a part: a store may check whole objects only.
    private boolean refusesWrongMd5(OpenUpload upload) throws InterruptedException {
        var body = body();
        var md5 = Digests.md5Base64(OTHER.asReadOnlyBuffer());
        try {
            store.uploadPart(upload, 1, new PartBody(body.bytes(), body.sha256(), body.pace(), md5));
            return false;
        } catch (StoreException e) {
            return e.kind() == Kind.CORRUPT;
        }
    }

    private void range() throws IOException, InterruptedException {
        expect(store.read(keys.small(), 10, 5), "a range of an object");
    }

    private void presigned() throws IOException, InterruptedException {
        var address = store.presign(keys.small(), new SaveAs("small.txt", TEXT), Duration.ofMinutes(5));
        var request = HttpRequest.newBuilder(address)
                .header("Range", "bytes=10-14")
                .timeout(PATIENCE)
                .build();
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = fetched(http, request);
            var status = answer.statusCode();
            if (status != 206)
                throw new StoreException(
                        status == 429 || status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED,
                        "a presigned address was answered with status " + status + " instead of a range");
            expect(answer.body(), "a presigned address");
            clockAhead = ServerClock.ahead(clock.instant(), answer.headers());
        }
    }

    private static HttpResponse<byte[]> fetched(HttpClient http, HttpRequest request)
            throws StoreException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            // A refused connection says nothing but its name here.
            var said = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
            var where = request.uri().getScheme() + "://" + request.uri().getRawAuthority();
            throw new StoreException(
                    Kind.UNAVAILABLE, "a presigned address could not be fetched from " + where + " (" + said + ")", e);
        }
    }

    private void delete() throws IOException, InterruptedException {
        var failed = store.delete(List.copyOf(written));
        if (!failed.isEmpty())
            throw new IOException(failed.getFirst().object().key() + " was not deleted: "
                    + failed.getFirst().reason());
        for (var key : written.stream().map(ObjectVersion::key).collect(Collectors.toSet()))
            if (store.find(key).isPresent()) throw new IOException(key + " is still there after it was deleted");
    }

    private static void expect(byte[] bytes, String what) throws IOException {
        if (!Arrays.equals(bytes, Arrays.copyOfRange(CONTENT, 10, 15)))
            throw new IOException(what + " gave other bytes than were written");
    }

    private static PartBody body() {
        return PartBody.of(ByteBuffer.wrap(CONTENT), PartBody.Pace.UNLIMITED);
    }
}
