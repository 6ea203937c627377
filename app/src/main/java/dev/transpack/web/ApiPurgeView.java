package dev.transpack.web;

import dev.transpack.purging.PurgePlan;
import dev.transpack.purging.PurgeRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plan of a purge as the API shows it: what goes, in this order, what stays, and why it may or may not be done.
///
/// @param purge the id of the purge that does it; null for a plan alone
/// @param allowed whether it may be done as it is
/// @param overridable whether it may be done by somebody who gives the pack's name as `override`
/// @param from what of the wish was still there
/// @param gone what an earlier purge took already
/// @param proof why nothing is lost
record ApiPurgeView(
        @Nullable String purge,
        String pack,
        String name,
        List<String> from,
        Instant madeAt,
        boolean allowed,
        boolean overridable,
        List<Going> goes,
        List<String> stays,
        List<String> gone,
        List<String> proof,
        List<Refusal> refusals,
        long freedBucketBytes,
        long freedDiskBytes) {

    /// Something that goes.
    ///
    /// @param kind `links`, `objects`, `uploads`, `served`, `data` or `torrent`
    record Going(String kind, long count, long bytes, String what) {}

    /// Why it is not done, and what to do about it.
    record Refusal(String reason, boolean overridable, String sentence, String remedy) {
        static Refusal of(PurgeRefusal refusal) {
            return new Refusal(
                    ApiWords.of(refusal.reason()),
                    refusal.reason().overridable(),
                    refusal.sentence(),
                    refusal.remedy());
        }
    }

    static ApiPurgeView of(PurgePlan plan, @Nullable String purge) {
        return new ApiPurgeView(
                purge,
                plan.pack(),
                plan.name(),
                plan.from().stream().map(ApiWords::of).sorted().toList(),
                plan.made(),
                plan.allowed(),
                !plan.allowed() && plan.overridable(),
                goes(plan.steps()),
                plan.stays(),
                plan.gone(),
                plan.proof(),
                plan.refusals().stream().map(Refusal::of).toList(),
                plan.freed().bucket(),
                plan.freed().disk());
    }

    private static List<Going> goes(PurgePlan.Steps steps) {
        var goes = new ArrayList<Going>();
        if (!steps.links().isEmpty()) goes.add(new Going("links", steps.links().size(), 0, "opens nothing any more"));
        if (steps.bucket() != null) addBucket(goes, steps.bucket());
        if (steps.source() != null) addSource(goes, steps.source());
        return goes;
    }

    private static void addBucket(List<Going> goes, PurgePlan.BucketStep bucket) {
        if (bucket.ofBox()) {
            goes.add(new Going("served", 1, 0, "the pack is no longer served from here"));
            return;
        }
        var bytes = bucket.objects().stream()
                .mapToLong(PurgePlan.DoomedObject::size)
                .sum();
        goes.add(new Going("objects", bucket.objects().size(), bytes, bucket.address()));
        if (!bucket.uploads().isEmpty())
            goes.add(new Going("uploads", bucket.uploads().size(), 0, bucket.address()));
    }

    private static void addSource(List<Going> goes, PurgePlan.SourceStep source) {
        var torrent = source.torrent();
        if (source.files()) goes.add(new Going("data", source.entries(), source.bytes(), source.path()));
        if (torrent != null) goes.add(new Going("torrent", 1, 0, torrent.name()));
    }
}
