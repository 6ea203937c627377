package dev.transpack.uploading;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known to have arrived of one pack. Survives a crash at any point; every write is durable when it returns.
/// May be used from many threads at once, for different parts.
public interface UploadLedger {

    /// A volume whose key is in the ledger.
    ///
    /// @param volume its index in the plan
    /// @param uploadId none: a multipart upload may or may not have been begun
    /// @param completed none: not an object yet
    record KnownVolume(
            int volume,
            ObjectKey key,
            @Nullable String uploadId,
            @Nullable CompletedVolume completed) {}

    /// Asks before something is taken away for good, whether that is still this ledger's to decide.
    ///
    /// @throws IOException when somebody else works with it now
    void requireHeld() throws IOException;

    /// Every volume whose key was noted, in order.
    List<KnownVolume> volumes();

    /// The accepted parts of a volume, in order.
    List<AcceptedPart> parts(int volume);

    /// A volume is about to be begun under this key, or begun afresh: what was known of it is forgotten.
    void planned(int volume, ObjectKey key) throws IOException;

    /// Its multipart upload was begun; no part was sent yet.
    void opened(int volume, String uploadId) throws IOException;

    /// The destination accepted a part; one of the same number is replaced.
    void accepted(int volume, AcceptedPart part) throws IOException;

    /// The volume is an object now, and was verified.
    void completed(int volume, CompletedVolume object) throws IOException;
}
