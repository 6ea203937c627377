package dev.transpack.packing;

import dev.transpack.browse.NamedRoots;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A pack as its row says.
///
/// @param error one sentence, when it failed; of one that is READY and on the box, why it cannot be fetched now
/// @param onBox whether it is served from its own source files: then nothing of it lies in a bucket
/// @param grade how well its copy is proven, once it is READY; null on the box, where there is no copy
/// @param verified the last time that it was looked at again; null when it never was
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
        Times times,
        @Nullable Verified verified) {

    /// How well the copy in the bucket is proven.
    public enum Grade {
        /// Size, first and last part of every volume were compared.
        SAMPLED,
        /// The destination checked every part against the SHA-256 it was signed with, or every byte was read back.
        STRONG
    }

    /// What is wrong with it and what to do, as its last verification found; null when that found nothing.
    public @Nullable String damage() {
        if (state != PackState.READY || verified == null || verified.damage() == null) return null;
        return verified.damage() + " " + remedy();
    }

    private String remedy() {
        if (times.sourcePurged() != null)
            return "What it was made of is purged: fetch what is whole, and verify it again when it is mended.";
        return onBox
                ? "Put the files back as they were and verify it again, or send the download again."
                : "Send the download again.";
    }

    /// Which download it was made of.
    ///
    /// @param source where it lies on this machine; where it lay for who was asked, when it is not one of ours
    /// @param infoHash of its torrent; null for loose files
    /// @param root the download folder as nodes call it; null when nobody noted it
    public record Origin(
            String downloadId,
            String downloadName,
            Path source,
            @Nullable String infoHash,
            NamedRoots.@Nullable Named root) {

        /// The root's name for jobs that need these files.
        public @Nullable String rootName() {
            return root == null ? null : root.root();
        }
    }

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

    /// A verification that ended.
    ///
    /// @param by who asked for it
    /// @param damage what it found wrong, one sentence; null when everything was as it was sealed
    public record Verified(
            Instant at, How how, String by, @Nullable String damage) {
        /// How much it looks at.
        public enum How {
            /// Sizes and entity tags of everything, the first and the last part of every volume.
            QUICK,
            /// Every byte.
            FULL
        }
    }

    /// The object that seals a pack.
    ///
    /// @param version where the bucket keeps versions
    /// @param sha256 64 hexadecimal digits; packs from before this was noted do not know
    public record Manifest(
            String key, @Nullable String version, @Nullable String sha256) {}
}
