package dev.transpack.uploading;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// A bucket of any S3-compatible service, through the AWS SDK. No ACL header, no trailing checksum and no chunked
/// signature is ever sent: buckets and older servers refuse them (docs/design/s3.md).
public final class S3ObjectStore implements ObjectStore {
    private static final int MOST_DELETES = 1000;
    /// Complete may take long: some servers copy the whole object before they answer.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String KMS = "aws:kms";

    private final DestinationSettings settings;
    private final StoreHttpClient http = new StoreHttpClient(PATIENCE);
    private final S3Client client;
    private final SignedPut puts;
    private final S3Presigner presigner;
    private final S3Errors errors;
    private final S3Listings listings;

    private S3ObjectStore(DestinationSettings settings) throws StoreException {
        this.settings = settings;
        this.errors = new S3Errors(settings);
        try {
            this.client = S3Clients.client(settings, http);
            this.puts = new SignedPut(client, http, settings.bucket());
            this.presigner = S3Clients.presigner(settings);
            this.listings = new S3Listings(client, settings.bucket(), this::call);
        } catch (SdkException e) {
            http.close();
            throw errors.translate("use the destination " + settings.name(), e);
        }
    }

    /// Opens a destination; nothing is sent yet.
    ///
    /// @throws StoreException REFUSED if neither settings nor environment say which region
    public static S3ObjectStore open(DestinationSettings settings) throws StoreException {
        return new S3ObjectStore(settings);
    }

    @Override
    public OpenUpload create(ObjectKey key, String contentType) throws StoreException, InterruptedException {
        var request = CreateMultipartUploadRequest.builder()
                .bucket(settings.bucket())
                .key(key.value())
                .contentType(contentType)
                .storageClass(settings.storage().storageClass())
                .serverSideEncryption(encryption())
                .ssekmsKeyId(encryptionKey())
                .build();
        var answer = call("begin the upload of " + key, () -> client.createMultipartUpload(request));
        return new OpenUpload(key, answer.uploadId());
    }

    @Override
    public String uploadPart(OpenUpload upload, int number, PartBody body) throws StoreException, InterruptedException {
        var answer = call("send part " + number + " of " + upload.key(), () -> puts.part(upload, number, body));
        return plain(header(answer, "ETag"));
    }

    @Override
    public List<StoredPart> listParts(OpenUpload upload) throws StoreException, InterruptedException {
        return call(
                "list the parts of " + upload.key(),
                () -> client
                        .listPartsPaginator(request -> request.bucket(settings.bucket())
                                .key(upload.key().value())
                                .uploadId(upload.id()))
                        .parts()
                        .stream()
                        .map(part -> new StoredPart(part.partNumber(), part.size(), plain(part.eTag())))
                        .toList());
    }

    @Override
    public StoredObject complete(OpenUpload upload, List<StoredPart> parts)
            throws StoreException, InterruptedException {
        var size = parts.stream().mapToLong(StoredPart::size).sum();
        try {
            var answer = call("complete " + upload.key(), () -> completed(upload, parts));
            return new StoredObject(upload.key(), size, plain(answer.eTag()), version(answer.versionId()));
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND) throw e;
            // The answer of an earlier Complete may have been lost: then the upload is gone and the object is there.
            var found = find(upload.key());
            if (found.isPresent() && found.get().size() == size) return found.get();
            throw e;
        }
    }

    @Override
    public void abort(OpenUpload upload) throws StoreException, InterruptedException {
        try {
            call(
                    "abort the upload of " + upload.key(),
                    () -> client.abortMultipartUpload(request -> request.bucket(settings.bucket())
                            .key(upload.key().value())
                            .uploadId(upload.id())));
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND) throw e;
        }
    }

    @Override
    public List<OpenUpload> openUploads(ObjectKey key) throws StoreException, InterruptedException {
        return listings.openUploads(key);
    }

    @Override
    public void uploads(String prefix, Pages<ListedUpload> pages) throws StoreException, InterruptedException {
        listings.uploads(prefix, pages);
    }

    @Override
    public Optional<Instant> lastPart(OpenUpload upload) throws StoreException, InterruptedException {
        return listings.lastPart(upload);
    }

    @Override
    public void objects(String prefix, Pages<ListedObject> pages) throws StoreException, InterruptedException {
        listings.objects(prefix, pages);
    }

    @Override
    public StoredObject put(ObjectKey key, PartBody body, String contentType, Map<String, String> more)
            throws StoreException, InterruptedException {
        var headers = storage();
        headers.putAll(more);
        headers.put("Content-Type", contentType);
        var answer = call("write " + key, () -> puts.object(key, headers, body));
        return new StoredObject(
                key, body.length(), plain(header(answer, "ETag")), version(header(answer, "x-amz-version-id")));
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws StoreException, InterruptedException {
        try {
            var answer = call("look at " + key, () -> head(key));
            return Optional.of(
                    new StoredObject(key, answer.contentLength(), plain(answer.eTag()), version(answer.versionId())));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) return Optional.empty();
            throw e;
        }
    }

    @Override
    public byte[] read(ObjectKey key, long offset, int length) throws StoreException, InterruptedException {
        var range = "bytes=" + offset + "-" + (offset + length - 1);
        var bytes = call(
                "read " + key,
                () -> client.getObjectAsBytes(request -> request.bucket(settings.bucket())
                                .key(key.value())
                                .range(range))
                        .asByteArrayUnsafe());
        if (bytes.length != length)
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    address() + "/" + key + " gave " + bytes.length + " bytes for the range " + range);
        return bytes;
    }

    @Override
    public List<FailedDelete> delete(List<ObjectVersion> objects) throws StoreException, InterruptedException {
        var failed = new ArrayList<FailedDelete>();
        for (var from = 0; from < objects.size(); from += MOST_DELETES)
            failed.addAll(deleteSome(objects.subList(from, Math.min(from + MOST_DELETES, objects.size()))));
        return failed;
    }

    @Override
    public URI presign(ObjectKey key, SaveAs name, Duration validity) {
        return URI.create(presigner
                .presignGetObject(request -> request.signatureDuration(validity)
                        .getObjectRequest(object -> object.bucket(settings.bucket())
                                .key(key.value())
                                .responseContentDisposition(ContentDisposition.attachment(name.fileName()))
                                .responseContentType(name.contentType())))
                .url()
                .toString());
    }

    @Override
    public String address() {
        return "s3://" + settings.bucket();
    }

    @Override
    public void close() {
        client.close();
        presigner.close();
        http.close();
    }

    private software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse completed(
            OpenUpload upload, List<StoredPart> parts) {
        var all = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .build())
                .toList();
        return client.completeMultipartUpload(request -> request.bucket(settings.bucket())
                .key(upload.key().value())
                .uploadId(upload.id())
                .multipartUpload(body -> body.parts(all)));
    }

    private HeadObjectResponse head(ObjectKey key) {
        return client.headObject(request -> request.bucket(settings.bucket()).key(key.value()));
    }

    private List<FailedDelete> deleteSome(List<ObjectVersion> objects) throws StoreException, InterruptedException {
        var identifiers = objects.stream()
                .map(object -> ObjectIdentifier.builder()
                        .key(object.key().value())
                        .versionId(object.version())
                        .build())
                .toList();
        var answer = call(
                "delete " + objects.size() + " objects",
                () -> client.deleteObjects(request -> request.bucket(settings.bucket())
                        .delete(all -> all.objects(identifiers).quiet(true))));
        return answer.errors().stream()
                .filter(error -> !"NoSuchKey".equals(error.code()))
                .map(error -> new FailedDelete(
                        new ObjectVersion(new ObjectKey(error.key()), version(error.versionId())),
                        error.code() + ": " + error.message()))
                .toList();
    }

    private <T> T call(String doing, Supplier<T> request) throws StoreException, InterruptedException {
        try {
            return request.get();
        } catch (SdkException e) {
            if (S3Errors.isInterrupt(e)) throw interrupted(e);
            throw errors.translate(doing, e);
        }
    }

    private static InterruptedException interrupted(SdkException cause) {
        // Whoever throws InterruptedException clears the flag.
        Thread.interrupted();
        var interrupt = new InterruptedException();
        interrupt.initCause(cause);
        return interrupt;
    }

    private @Nullable ServerSideEncryption encryption() {
        var text = settings.storage().encryption();
        if (text == null) return null;
        return text.startsWith(KMS) ? ServerSideEncryption.AWS_KMS : ServerSideEncryption.fromValue(text);
    }

    private @Nullable String encryptionKey() {
        var text = settings.storage().encryption();
        return text != null && text.startsWith(KMS + ":") ? text.substring(KMS.length() + 1) : null;
    }

    /// As [#create] says it, for an object that is one part.
    private Map<String, String> storage() {
        var headers = new HashMap<String, String>();
        var kept = settings.storage().storageClass();
        if (kept != null) headers.put("x-amz-storage-class", kept);
        if (encryption() != null)
            headers.put("x-amz-server-side-encryption", encryption().toString());
        if (encryptionKey() != null) headers.put("x-amz-server-side-encryption-aws-kms-key-id", encryptionKey());
        return headers;
    }

    private static @Nullable String header(HttpHeaders answer, String name) {
        return answer.firstValue(name).orElse(null);
    }

    private static String plain(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    private static @Nullable String version(@Nullable String version) {
        return version == null || version.equals("null") ? null : version;
    }
}
