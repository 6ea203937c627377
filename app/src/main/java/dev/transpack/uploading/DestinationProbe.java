package dev.transpack.uploading;

import dev.transpack.uploading.ObjectStore.ObjectVersion;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.ObjectStore.SaveAs;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tries on a destination, with two tiny objects, all that an upload needs, and removes them. What it finds decides
/// how volumes are graded: a store that refuses a part with a wrong SHA-256 proves every part it accepts.
public final class DestinationProbe {
    private static final byte[] CONTENT = "Transpack looks whether this works.".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ObjectStore store;
    private final ObjectKey small;
    private final ObjectKey multipart;
    private final List<Check> checks = new ArrayList<>();
    private boolean payloadHashEnforced;

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
    public record Result(List<Check> checks, boolean payloadHashEnforced) {
        public boolean works() {
            return checks.stream().allMatch(Check::works);
        }
    }

    @FunctionalInterface
    private interface Trial {
        void run() throws IOException, InterruptedException;
    }

    private DestinationProbe(ObjectStore store, String prefix) {
        var id = "probe-" + UUID.randomUUID();
        this.store = store;
        this.small = ObjectKey.of(prefix, id, "small");
        this.multipart = ObjectKey.of(prefix, id, "multipart");
    }

    /// Tries everything once; takes a few round trips.
    public static Result run(ObjectStore store, String prefix) throws InterruptedException {
        var probe = new DestinationProbe(store, prefix);
        if (probe.check("put", probe::put)) probe.checkTheRest();
        return new Result(List.copyOf(probe.checks), probe.payloadHashEnforced);
    }

    private void checkTheRest() throws InterruptedException {
        check("multipart", this::multipart);
        check("range", this::range);
        check("presigned address", this::presigned);
        check("delete", this::delete);
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
        store.put(small, body(), "text/plain");
    }

    private void multipart() throws IOException, InterruptedException {
        var upload = store.create(multipart, "text/plain");
        try {
            payloadHashEnforced = refusesWrongHash(upload);
            var part = new StoredPart(1, CONTENT.length, store.uploadPart(upload, 1, body()));
            store.complete(upload, List.of(part));
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

    private void range() throws IOException, InterruptedException {
        expect(store.read(small, 10, 5), "a range of an object");
    }

    private void presigned() throws IOException, InterruptedException {
        var address = store.presign(small, new SaveAs("small.txt", "text/plain"), Duration.ofMinutes(5));
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
        var failed = store.delete(List.of(new ObjectVersion(small, null), new ObjectVersion(multipart, null)));
        if (!failed.isEmpty())
            throw new IOException(failed.getFirst().object().key() + " was not deleted: "
                    + failed.getFirst().reason());
        for (var key : List.of(small, multipart))
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
