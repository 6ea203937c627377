package dev.transpack.purging;

import dev.transpack.packing.Pack;
import dev.transpack.purging.PurgeRefusal.Reason;
import java.util.EnumSet;
import java.util.Set;

/// What is true of a pack that is served from its own source files: it is no copy, so nothing of it proves that the
/// source may go.
final class BoxProof {
    private BoxProof() {}

    /// What goes with it: without its files such a pack cannot be served.
    static Set<PurgeFrom> widened(Pack pack, Set<PurgeFrom> from) {
        if (!pack.onBox() || !from.contains(PurgeFrom.DISK)) return from;
        var all = EnumSet.copyOf(from);
        all.add(PurgeFrom.BUCKET);
        return all;
    }

    /// Of a pack that nobody has marked as home.
    static void prove(Pack pack, boolean takesSource, Findings findings) {
        if (takesSource) {
            findings.refuse(
                    Reason.NOT_HOME,
                    "The pack is served from these very files and lies in no bucket: nothing would be left to fetch or to"
                            + " restore from, and nobody has said that it arrived.",
                    "Mark the pack as home when you have it, or send the download to a bucket first.");
            return;
        }
        findings.proves("The pack is no copy, it is served from its files: ending that deletes nothing.");
        findings.stays("The data at " + pack.origin().source() + " stays.");
    }

    /// What is to be known when its files go.
    static void warn(Findings findings) {
        findings.stays("Nothing stays here to fetch or to restore from: the pack lies in no bucket.");
    }
}
