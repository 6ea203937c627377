package dev.transpack.uploading;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One bucket. Every object is private; nothing here can make it otherwise.
///
/// All calls may be made from any thread and block. A call that is interrupted throws `InterruptedException`; what it
/// asked for may or may not have happened. A call that fails with a kind that may pass can be repeated as it was.
public interface ObjectStore extends AutoCloseable {

    /// A multipart upload that was begun and neither completed nor aborted.
    record OpenUpload(ObjectKey key, String id) {}

    /// A part the destination holds. The ETag is opaque; with most destinations it is the MD5 of the part.
    record StoredPart(int number, long size, String etag) {}

    /// An object the destination holds. The version is there only where the bucket keeps versions.
    record StoredObject(
            ObjectKey key, long size, String etag, @Nullable String version) {}

    /// One object to delete; with a version exactly that one, else the current one.
    record ObjectVersion(ObjectKey key, @Nullable String version) {}

    /// An object that was not deleted, and why.
    record FailedDelete(ObjectVersion object, String reason) {}

    /// What a browser is told to save a download as.
    record SaveAs(String fileName, String contentType) {}

    /// An object that was listed, whoever wrote it; its key need not be one of ours.
    record ListedObject(String key, long size, Instant modified) {}

    /// An open multipart upload that was listed, whoever began it.
    record ListedUpload(String key, String id, Instant begun) {}

    /// Takes a long list a page at a time.
    @FunctionalInterface
    interface Pages<T> {
        /// @param page never empty
        /// @return false when that was enough
        boolean next(List<T> page) throws StoreException, InterruptedException;
    }

    /// Begins a multipart upload. Twice gives two uploads.
    OpenUpload create(ObjectKey key, String contentType) throws StoreException, InterruptedException;

    /// Sends one part, signed with its SHA-256; a part of the same number is replaced.
    ///
    /// @return its ETag
    /// @throws StoreException NOT_FOUND if the upload is not there; CORRUPT if other bytes arrived
    String uploadPart(OpenUpload upload, int number, PartBody body) throws StoreException, InterruptedException;

    /// Every part the destination says it holds, in order. May lag behind what it accepted.
    ///
    /// @throws StoreException NOT_FOUND if the upload is not there
    List<StoredPart> listParts(OpenUpload upload) throws StoreException, InterruptedException;

    /// Makes the object out of exactly these parts. Safe to repeat: if the upload is gone and the object is there with
    /// the right size, that is success.
    ///
    /// @throws StoreException NOT_FOUND if neither the upload nor the object is there
    StoredObject complete(OpenUpload upload, List<StoredPart> parts) throws StoreException, InterruptedException;

    /// Ends an upload and drops its parts. One that is not there is fine.
    void abort(OpenUpload upload) throws StoreException, InterruptedException;

    /// The open uploads of exactly this key.
    List<OpenUpload> openUploads(ObjectKey key) throws StoreException, InterruptedException;

    /// Every open upload whose key begins with this, in the order of keys. May lag behind what was begun or ended.
    void uploads(String prefix, Pages<ListedUpload> pages) throws StoreException, InterruptedException;

    /// When the destination got the newest part of an upload; empty when it holds none.
    ///
    /// @throws StoreException NOT_FOUND if the upload is not there
    Optional<Instant> lastPart(OpenUpload upload) throws StoreException, InterruptedException;

    /// Writes a whole object, replacing one of that key.
    default StoredObject put(ObjectKey key, PartBody body, String contentType)
            throws StoreException, InterruptedException {
        return put(key, body, contentType, Map.of());
    }

    /// The same with these headers in the request: checksums, or conditions.
    ///
    /// @throws StoreException CONFLICT if a condition is not met: then nothing was written, unless an earlier
    ///     try of the same was and its answer was lost
    StoredObject put(ObjectKey key, PartBody body, String contentType, Map<String, String> headers)
            throws StoreException, InterruptedException;

    /// Every object whose key begins with this, in the order of keys. May lag behind what was written.
    void objects(String prefix, Pages<ListedObject> pages) throws StoreException, InterruptedException;

    /// What is known of an object; empty if it is not there.
    Optional<StoredObject> find(ObjectKey key) throws StoreException, InterruptedException;

    /// Bytes of an object.
    ///
    /// @throws StoreException NOT_FOUND if it is not there; CORRUPT if it has fewer bytes than that
    byte[] read(ObjectKey key, long offset, int length) throws StoreException, InterruptedException;

    /// Deletes exactly these, never by prefix. One that is not there counts as deleted.
    ///
    /// @return those that were not
    List<FailedDelete> delete(List<ObjectVersion> objects) throws StoreException, InterruptedException;

    /// An address from which anybody can fetch the object until it expires; nothing is sent to make it. A secret.
    URI presign(ObjectKey key, SaveAs name, Duration validity);

    /// Where objects lie, for people: `s3://bucket`, without secrets.
    String address();

    @Override
    void close();
}
