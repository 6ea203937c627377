package dev.transpack.purging;

import dev.transpack.packing.Pack;
import dev.transpack.purging.PurgeRefusal.Reason;
import java.util.EnumSet;
import java.util.Set;

/// What of a wish is still there: an earlier purge may have taken the rest, which the plan leaves out and says.
final class Remaining {
    private static final Set<PurgeFrom> SOURCE = Set.of(PurgeFrom.DISK, PurgeFrom.TORRENT);

    private Remaining() {}

    /// @return empty, and refused, when all of it is gone
    static Set<PurgeFrom> of(Pack pack, Set<PurgeFrom> wanted, Findings findings) {
        var left = EnumSet.copyOf(wanted);
        var source = pack.times().sourcePurged();
        if (source != null && left.removeAll(SOURCE)) findings.gone("The source was purged on " + Day.of(source) + ".");
        var bucket = pack.times().bucketPurged();
        if (bucket != null && left.remove(PurgeFrom.BUCKET))
            findings.gone(
                    pack.onBox()
                            ? "The pack is served no more since " + Day.of(bucket) + "."
                            : "The bucket was purged on " + Day.of(bucket) + ".");
        if (left.isEmpty())
            findings.refuse(
                    Reason.NOTHING_LEFT, String.join(" ", findings.gone()), way(source == null, bucket == null));
        return left;
    }

    private static String way(boolean source, boolean bucket) {
        if (source) return "What is left is the source: choose that (--from disk,torrent).";
        if (bucket) return "What is left is in the bucket: choose that (--from bucket).";
        return "Nothing of it is left to purge.";
    }
}
