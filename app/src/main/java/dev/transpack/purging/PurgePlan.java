package dev.transpack.purging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a purge would do, exactly, and why it may or may not. Written down before anything happens. Steps are taken in
/// the order of the components of [Steps].
///
/// @param from what of the wish was still there
/// @param stays what is left afterwards, a sentence each
/// @param gone what an earlier purge took already, a sentence each
/// @param proof why nothing is lost, a sentence each; what is seen was seen at `made`
/// @param refusals empty when it may be done
public record PurgePlan(
        String pack,
        String name,
        Set<PurgeFrom> from,
        Instant made,
        Steps steps,
        Freed freed,
        List<String> stays,
        List<String> gone,
        List<String> proof,
        List<PurgeRefusal> refusals) {

    public PurgePlan {
        from = Set.copyOf(from);
        stays = List.copyOf(stays);
        gone = List.copyOf(Objects.requireNonNullElse(gone, List.of())); // older rows have none
        proof = List.copyOf(proof);
        refusals = List.copyOf(refusals);
    }

    /// What goes: links first, the source last.
    public record Steps(
            List<String> links,
            @Nullable BucketStep bucket,
            @Nullable SourceStep source) {
        public Steps {
            links = List.copyOf(links);
        }
    }

    /// Exactly the objects and unfinished uploads that our rows know.
    public record BucketStep(String address, List<DoomedObject> objects, List<DoomedUpload> uploads) {
        private static final String BOX = "this box";

        public BucketStep {
            objects = List.copyOf(objects);
            uploads = List.copyOf(uploads);
        }

        /// Of a pack that is served from its source files: it is served no more, and nothing is deleted.
        static BucketStep noMoreServed() {
            return new BucketStep(BOX, List.of(), List.of());
        }

        /// Whether the pack was served from its source files.
        public boolean ofBox() {
            return address.equals(BOX);
        }

        /// The same objects; those without a version in the one that is found for them now.
        BucketStep inVersionsOf(@Nullable BucketStep now) {
            if (now == null) return this;
            var versions = new HashMap<String, String>();
            for (var object : now.objects()) if (object.version() != null) versions.put(object.key(), object.version());
            return new BucketStep(
                    address,
                    objects.stream()
                            .map(object -> object.version() != null
                                    ? object
                                    : new DoomedObject(object.key(), versions.get(object.key()), object.size()))
                            .toList(),
                    uploads);
        }
    }

    /// One object, of exactly this version where the bucket keeps versions.
    public record DoomedObject(String key, @Nullable String version, long size) {}

    /// One unfinished multipart upload.
    public record DoomedUpload(String key, String uploadId) {}

    /// The data and its torrent.
    ///
    /// @param path what was packed
    /// @param files whether they go; else only the torrent does
    /// @param entries how many files
    public record SourceStep(
            String path,
            boolean files,
            long entries,
            long bytes,
            @Nullable DoomedTorrent torrent) {}

    /// The torrent that goes, and where the daemon said that its data is.
    public record DoomedTorrent(String infoHash, String name, String downloadDir) {}

    /// Bytes that are free afterwards.
    public record Freed(long bucket, long disk) {}

    /// The same with one more refusal.
    PurgePlan refused(PurgeRefusal refusal) {
        var all = new ArrayList<>(refusals);
        all.add(refusal);
        return new PurgePlan(pack, name, from, made, steps, freed, stays, gone, proof, all);
    }

    /// Whether it may be done as it is.
    public boolean allowed() {
        return refusals.isEmpty();
    }

    /// Whether it may be done by somebody who types the pack's name.
    public boolean overridable() {
        return refusals.stream().allMatch(refusal -> refusal.reason().overridable());
    }
}
