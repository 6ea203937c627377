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
    private Contents contents;
    private int current = -1;
    /// Of the next byte that encrypted contents give, within the current file.
    private long position;

    RangeContents(ArchivePlan plan, SourceReader source) {
        this.plan = plan;
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
        if (entry != current || offset < position) {
            contents = plan.contents(source);
            current = entry;
            position = 0;
        }
        while (position < offset) {
            passed.clear().limit((int) Math.min(passed.capacity(), offset - position));
            var length = passed.limit();
            contents.fill(entry, position, passed);
            position += length;
        }
    }
}
