package dev.transpack.space;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.Figures;
import dev.transpack.uploading.BucketUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How much room there is, everywhere.
///
/// @param disks those we write to
/// @param buckets each destination that has a quota
public record SpaceReport(List<Disk> disks, List<Bucket> buckets, ByteSize diskLow) {
    private static final int WORTH_SAYING = 90;

    public SpaceReport {
        disks = List.copyOf(disks);
        buckets = List.copyOf(buckets);
    }

    /// What our packs take of a bucket.
    ///
    /// @param quota how much they may
    public record Bucket(String name, BucketUse.Used used, long quota) {
        /// Whether nine tenths of it are taken.
        public boolean low() {
            return used.total() >= quota / 100.0 * WORTH_SAYING;
        }

        /// One sentence with the remedy, for one that is low.
        public String warning() {
            var left = Math.max(0, quota - used.total());
            return "The destination '" + name + "' has " + Figures.size(left) + " of its quota of "
                    + Figures.size(quota) + " left: purge packs that are home, or raise destinations." + name
                    + ".quota.";
        }
    }

    /// A sentence with the remedy for everything that is low, by what it is about.
    public Map<String, String> warnings() {
        var warnings = new TreeMap<String, String>();
        for (var disk : disks) if (disk.low()) warnings.put("disk " + disk.folder(), disk.warning(diskLow));
        for (var bucket : buckets) if (bucket.low()) warnings.put("destination " + bucket.name(), bucket.warning());
        return warnings;
    }

    /// The same for people.
    public List<String> sentences() {
        return new ArrayList<>(warnings().values());
    }
}
