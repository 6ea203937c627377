package dev.transpack.uploading;

import dev.transpack.uploading.ObjectStore.ListedObject;
import dev.transpack.uploading.ObjectStore.ListedUpload;
import dev.transpack.uploading.ObjectStore.OpenUpload;
import dev.transpack.uploading.ObjectStore.Pages;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/// What lies in a bucket, a page at a time.
final class S3Listings {
    /// Sends a request of the SDK's, whose failures become ours.
    @FunctionalInterface
    interface Calls {
        <T> T call(String doing, Supplier<T> request) throws StoreException, InterruptedException;
    }

    private final S3Client client;
    private final String bucket;
    private final Calls calls;

    S3Listings(S3Client client, String bucket, Calls calls) {
        this.client = client;
        this.bucket = bucket;
        this.calls = calls;
    }

    void objects(String prefix, Pages<ListedObject> pages) throws StoreException, InterruptedException {
        String next = null;
        do {
            var answer = objects(prefix, next);
            var page = answer.contents().stream()
                    .map(object -> new ListedObject(object.key(), object.size(), object.lastModified()))
                    .toList();
            if (!page.isEmpty() && !pages.next(page)) return;
            next = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null;
        } while (next != null);
    }

    void uploads(String prefix, Pages<ListedUpload> pages) throws StoreException, InterruptedException {
        ListMultipartUploadsResponse answer = null;
        do {
            answer = uploads(prefix, answer);
            var page = answer.uploads().stream()
                    .map(upload -> new ListedUpload(upload.key(), upload.uploadId(), upload.initiated()))
                    // Some servers take it for the whole key, or for nothing.
                    .filter(upload -> upload.key().startsWith(prefix))
                    .toList();
            if (!page.isEmpty() && !pages.next(page)) return;
        } while (Boolean.TRUE.equals(answer.isTruncated()) && answer.nextKeyMarker() != null);
    }

    Optional<Instant> lastPart(OpenUpload upload) throws StoreException, InterruptedException {
        return calls.call(
                "list the parts of " + upload.key(),
                () -> client
                        .listPartsPaginator(request ->
                                request.bucket(bucket).key(upload.key().value()).uploadId(upload.id()))
                        .parts()
                        .stream()
                        .map(part -> part.lastModified())
                        .max(Comparator.naturalOrder()));
    }

    List<OpenUpload> openUploads(ObjectKey key) throws StoreException, InterruptedException {
        return calls.call(
                "list the open uploads of " + key,
                () ->
                        client
                                .listMultipartUploadsPaginator(
                                        request -> request.bucket(bucket).prefix(key.value()))
                                .uploads()
                                .stream()
                                .filter(upload -> key.value().equals(upload.key()))
                                .map(upload -> new OpenUpload(key, upload.uploadId()))
                                .toList());
    }

    private ListObjectsV2Response objects(String prefix, @Nullable String next)
            throws StoreException, InterruptedException {
        return calls.call(
                "list the objects below " + prefix,
                () -> client.listObjectsV2(
                        request -> request.bucket(bucket).prefix(prefix).continuationToken(next)));
    }

    private ListMultipartUploadsResponse uploads(String prefix, @Nullable ListMultipartUploadsResponse before)
            throws StoreException, InterruptedException {
        return calls.call(
                "list the open uploads below " + prefix,
                () -> client.listMultipartUploads(request -> {
                    request.bucket(bucket).prefix(prefix);
                    if (before != null)
                        request.keyMarker(before.nextKeyMarker()).uploadIdMarker(before.nextUploadIdMarker());
                }));
    }
}
