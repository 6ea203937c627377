package dev.transpack.librar;

import dev.transpack.librar.Contents.Stretch;
import dev.transpack.librar.Segment.FileRange;
import java.nio.ByteBuffer;

/// What an archive holds of its files, from any byte on. In an encrypted pack a byte depends on those of its file
/// before
/// it: going on costs nothing more, going back begins the file again.
final class RangeContents {
    private final ArchivePlan plan;
    private final SourceReader source;
    private final ByteBuffer passed = ByteBuffer.allocate(Ciphers.BITE);
    private final StreamChecksums known;
    private Contents contents;
    private int current = -1;
    /// Of the next byte that encrypted contents give, within the current file.
    private long position;

    /// @param known where chains of encrypted blocks go on, as far as that is known
    RangeContents(ArchivePlan plan, SourceReader source, StreamChecksums known) {
        this.plan = plan;
        this.known = known;
        this.source = source;
        this.contents = plan.contents(source);
    }

    /// Fills a buffer to its limit.
    ///
    /// @param offset of the first byte within what the archive holds of the file
    Stretch fill(int entry, long offset, ByteBuffer target) throws ArchiveException, InterruptedException {
        if (!plan.isEncrypted()) {
            return contents.fill(entry, offset, target);
        }
        goTo(entry, offset);
        var length = target.remaining();
        var stretch = contents.fill(entry, offset, target);
        position = offset + length;
        return stretch;
    }

    /// The bytes that stand behind a file.
    byte[] seal(int entry) throws ArchiveException, InterruptedException {
        var end = 0L;
        for (var segment : plan.segmentsOf(entry)) {
            var range = (FileRange) plan.segment(segment);
            end = range.offset() + range.length();
        }
        goTo(entry, end);
        return contents.seal(entry);
    }

    private void goTo(int entry, long offset) throws ArchiveException, InterruptedException {
        if (entry == current && offset == position) {
            return;
        }
        var start = nearest(entry, offset);
        if (entry != current || offset < position || position < start) {
            contents = plan.contents(source);
            current = entry;
            position = 0;
            skipTo(entry, start);
        }
        while (position < offset) {
            passed.clear().limit((int) Math.min(passed.capacity(), offset - position));
            var length = passed.limit();
            contents.fill(entry, position, passed);
            position += length;
        }
    }

    /// The last place, at the byte or before, from which the file's blocks can be chained on. An authentication code
    /// needs all of them.
    private long nearest(int entry, long offset) {
        var start = 0L;
        if (plan.options().format() != ArchiveFormat.RAR5) {
            return start;
        }
        for (var segment : plan.segmentsOf(entry)) {
            var range = (FileRange) plan.segment(segment);
            var end = range.offset() + range.length();
            if (end > offset || !known.knowsSegment(segment)) {
                return start;
            }
            start = end;
        }
        return start;
    }

    private void skipTo(int entry, long start) {
        for (var segment : plan.segmentsOf(entry)) {
            var range = (FileRange) plan.segment(segment);
            if (range.offset() >= start) {
                return;
            }
            var block = new Fragment.Encrypted(0, 0, known.blockHigh(segment), known.blockLow(segment));
            for (var left = range.length(); left > 0; ) {
                var some = (int) Math.min(left, Integer.MAX_VALUE);
                contents.skip(entry, new Fragment(segment, range.length() - left, some, 0, block));
                left -= some;
            }
            position = range.offset() + range.length();
        }
    }
}
