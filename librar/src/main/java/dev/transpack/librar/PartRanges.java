package dev.transpack.librar;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// The parts of a plan in order, each with the stretches of segments it is made of.
final class PartRanges implements Iterator<PartRanges.PartRange> {
    private final ArchivePlan plan;
    private final int partSize;
    private int volume;
    private long offset;
    private int segment;

    PartRanges(ArchivePlan plan, int partSize) {
        this.plan = plan;
        this.partSize = partSize;
    }

    /// One part: a stretch of a volume.
    ///
    /// @param volume from 0
    /// @param number from 1
    /// @param offset of the first byte within the volume
    /// @param length bytes
    /// @param spans what it is made of, in order
    record PartRange(int volume, int number, long offset, int length, List<Span> spans) {}

    /// A stretch of one segment within a part.
    ///
    /// @param segment index in the plan
    /// @param offset of the first byte within the segment
    /// @param length bytes
    /// @param position of the first byte within the part
    record Span(int segment, long offset, int length, int position) {}

    @Override
    public boolean hasNext() {
        return volume < plan.volumes().size();
    }

    @Override
    public PartRange next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the last part was given");
        }
        var current = plan.volumes().get(volume);
        var length = (int) Math.min(partSize, current.length() - offset);
        var range =
                new PartRange(volume, Math.toIntExact(offset / partSize) + 1, offset, length, spans(offset, length));
        offset += length;
        if (offset == current.length()) {
            volume++;
            offset = 0;
        }
        return range;
    }

    private List<Span> spans(long from, int length) {
        var spans = new ArrayList<Span>();
        var position = 0;
        while (position < length) {
            var begun = from + position - plan.segmentOffset(segment);
            var rest = plan.segment(segment).length() - begun;
            var take = (int) Math.min(rest, length - position);
            spans.add(new Span(segment, begun, take, position));
            position += take;
            if (take == rest) {
                segment++;
            }
        }
        return spans;
    }
}
