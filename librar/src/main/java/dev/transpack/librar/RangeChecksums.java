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
    private final RangeContents contents;
    private final StreamChecksums passed;
    private final Map<Integer, Sum> ranges = new HashMap<>();

    RangeChecksums(ArchivePlan plan, RangeContents contents, StreamChecksums passed) {
        this.plan = plan;
        this.contents = contents;
        this.passed = passed;
    }

    /// Of a range as it stands in the archive, and of the bytes of the file behind it.
    private record Sum(int crc32, int plainCrc32, long plainLength) {
        static final Sum NOTHING = new Sum(0, 0, 0);

        Sum and(Fragment next) {
            return new Sum(
                    Checksums.crc32Combine(crc32, next.crc32(), next.length()),
                    Checksums.crc32Combine(plainCrc32, next.plainCrc32(), next.plainLength()),
                    plainLength + next.plainLength());
        }
    }

    int value(Needs needs) throws ArchiveException, InterruptedException {
        if (passed.knows(needs)) {
            return passed.value(needs);
        }
        return switch (needs) {
            case Needs.Nothing() -> 0;
            case Needs.RangeCrc(var segment) -> range(segment).crc32;
            case Needs.EntryCrc(var entry) -> entry(entry);
        };
    }

    private int entry(int entry) throws ArchiveException, InterruptedException {
        var crc = 0;
        for (var segment : plan.segmentsOf(entry)) {
            var range = range(segment);
            crc = Checksums.crc32Combine(crc, range.plainCrc32, range.plainLength);
        }
        return crc;
    }

    private Sum range(int segment) throws ArchiveException, InterruptedException {
        var known = ranges.get(segment);
        if (known != null) {
            return known;
        }
        var sum = read(segment, (FileRange) plan.segment(segment));
        ranges.put(segment, sum);
        return sum;
    }

    private Sum read(int segment, FileRange range) throws ArchiveException, InterruptedException {
        var buffer = ByteBuffer.allocateDirect((int) Math.min(STRETCH, range.length()));
        var sum = Sum.NOTHING;
        for (var done = 0L; done < range.length(); done += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), range.length() - done));
            var length = buffer.limit();
            var next = contents.fill(range.entry(), range.offset() + done, buffer);
            sum = sum.and(new Fragment(segment, done, length, next.crc32(), next.encrypted()));
        }
        return sum;
    }
}
