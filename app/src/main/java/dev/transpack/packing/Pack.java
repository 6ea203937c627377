package dev.transpack.packing;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A pack as its row says.
///
/// @param error one sentence, when it failed; of one that is READY and on the box, why it cannot be fetched now
/// @param onBox whether it is served from its own source files: then nothing of it lies in a bucket
/// @param grade how well its copy is proven, once it is READY; null on the box, where there is no copy
public record Pack(
        String id,
        String name,
        PackState state,
        @Nullable String error,
        Origin origin,
        PackRequest request,
        String destination,
        boolean onBox,
        Contents contents,
        @Nullable Grade grade,
        Times times) {

    /// How well the copy in the bucket is proven.
    public enum Grade {
        /// Size, first and last part of every volume were compared.
        SAMPLED,
        /// The destination checked every part against the SHA-256 it was signed with.
        STRONG
    }

    /// Which download it was made of.
    ///
    /// @param infoHash of its torrent; null for loose files
    public record Origin(
            String downloadId,
            String downloadName,
            Path source,
            @Nullable String infoHash) {}

    /// What is in it, and what is not; folders are not counted. Zero, and no fingerprint, until it is planned.
    ///
    /// @param warnings how many names will not arrive everywhere as they are
    public record Contents(
            @Nullable String fingerprint,
            long sourceBytes,
            long totalBytes,
            long files,
            LeftOut leftOut,
            long warnings) {}

    /// What happened to it when, and by whom.
    public record Times(
            String createdBy,
            Instant created,
            @Nullable Instant sealed,
            @Nullable Instant home,
            @Nullable String homeBy,
            @Nullable Instant sourcePurged,
            @Nullable Instant bucketPurged) {}
}
