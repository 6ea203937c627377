package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Needs;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// The checksums a reader of ranges needs: those a stream knows already, and others by reading. Each range is read
/// for its checksum at most once.
final class RangeChecksums {
    private static final int STRETCH = 256 * 1024;

    private final ArchivePlan plan;
    private final SourceReader source;
    private final StreamChecksums passed;
    private final Map<Integer, Integer> ranges = new HashMap<>();

    RangeChecksums(ArchivePlan plan, SourceReader source, StreamChecksums passed) {
        this.plan = plan;
        this.source = source;
        this.passed = passed;
    }

    int value(Needs needs) throws ArchiveException, InterruptedException {
        if (passed.knows(needs)) {
            return passed.value(needs);
        }
        return switch (needs) {
            case Needs.Nothing() -> 0;
            case Needs.RangeCrc(var segment) -> range(segment);
            case Needs.EntryCrc(var entry) -> entry(entry);
        };
    }

    private int entry(int entry) throws ArchiveException, InterruptedException {
        var crc = 0;
        for (var segment : plan.segmentsOf(entry)) {
            crc = Checksums.crc32Combine(
                    crc,
                    value(new Needs.RangeCrc(segment)),
                    plan.segment(segment).length());
        }
        return crc;
    }

    private int range(int segment) throws ArchiveException, InterruptedException {
        var known = ranges.get(segment);
        if (known != null) {
            return known;
        }
        var crc = read((FileRange) plan.segment(segment));
        ranges.put(segment, crc);
        return crc;
    }

    private int read(FileRange range) throws ArchiveException, InterruptedException {
        var entry = plan.entries().get(range.entry());
        var buffer = ByteBuffer.allocateDirect((int) Math.min(STRETCH, range.length()));
        var crc = 0;
        for (var done = 0L; done < range.length(); done += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), range.length() - done));
            var next = source.read(entry, range.offset() + done, buffer);
            crc = Checksums.crc32Combine(crc, next, buffer.limit());
        }
        return crc;
    }
}
