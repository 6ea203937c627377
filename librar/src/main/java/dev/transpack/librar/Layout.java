package dev.transpack.librar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// Where everything lies: segments in order, cut into volumes. A planner fills one; afterwards nobody changes
/// it.
final class Layout {
    /// S3 and the digits of a volume name both end somewhere; format section 2 sets the limit.
    static final int MOST_VOLUMES = 65_535;

    private final List<Segment> segments = new ArrayList<>();
    /// Offset of each segment within its volume.
    private long[] offsets = new long[64];
    /// Index of each volume's first segment.
    private int[] firsts = new int[8];
    private long[] lengths = new long[8];
    private int volumes;

    /// Begins the next volume and returns its index.
    int openVolume() throws ArchiveException {
        if (volumes == MOST_VOLUMES) {
            throw ArchiveException.refused(
                    "more than " + MOST_VOLUMES + " volumes would be needed: choose a larger volume size");
        }
        if (volumes == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * volumes);
            lengths = Arrays.copyOf(lengths, 2 * volumes);
        }
        firsts[volumes] = segments.size();
        return volumes++;
    }

    /// Appends a segment to the open volume and returns its index.
    int add(Segment segment) {
        var index = segments.size();
        if (index == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * index);
        }
        offsets[index] = used();
        segments.add(segment);
        lengths[volumes - 1] += segment.length();
        return index;
    }

    /// Puts another segment of the same length in place of one.
    void replace(int index, Segment segment) {
        if (segments.get(index).length() != segment.length()) {
            throw new IllegalArgumentException("a replacement must not move anything");
        }
        segments.set(index, segment);
    }

    /// Bytes in the open volume so far.
    long used() {
        return lengths[volumes - 1];
    }

    int volumes() {
        return volumes;
    }

    /// The next segment's index.
    int size() {
        return segments.size();
    }

    long offset(int segment) {
        return offsets[segment];
    }

    Segment segment(int index) {
        return segments.get(index);
    }

    /// Index of a volume's first segment; behind the last volume the number of segments.
    int first(int volume) {
        return volume < volumes ? firsts[volume] : segments.size();
    }

    /// Index of the volume that holds a segment.
    int volumeOf(int segment) {
        var found = Arrays.binarySearch(firsts, 0, volumes, segment);
        return found >= 0 ? found : -found - 2;
    }

    /// The volumes, named.
    List<Volume> volumes(IntFunction<String> names) {
        var result = new ArrayList<Volume>(volumes);
        for (var i = 0; i < volumes; i++) {
            result.add(new Volume(i, names.apply(i), lengths[i]));
        }
        return List.copyOf(result);
    }
}
