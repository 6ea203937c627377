package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Header;
import dev.transpack.librar.Segment.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// Any bytes of any volume of a plan, straight from the source files: what [PartStream] gives, without going through
/// the pack from its beginning.
///
/// Bytes of files are read where they lie. A header that needs the checksum of a file, or of a stretch of one, costs
/// reading that once; it is kept. An encrypted file is read from its beginning, unless reading goes on where it
/// stopped: keep the reader for the next volume. One thread reads; any thread may close.
public final class RangeReader implements AutoCloseable {
    private final ArchivePlan plan;
    private final SourceReader source = new SourceReader();
    private final RangeContents contents;
    private final RangeChecksums checksums;

    /// A reader that knows no checksum yet.
    public RangeReader(ArchivePlan plan) {
        this(plan, new StreamChecksums(plan));
    }

    /// A reader that knows all checksums: nothing is ever read for one.
    ///
    /// @param known those of this plan; any number of readers may share them
    public RangeReader(ArchivePlan plan, PlanChecksums known) {
        this(plan, known.all());
    }

    /// @param passed checksums that are known; those of the volumes that are read must not change any more
    RangeReader(ArchivePlan plan, StreamChecksums passed) {
        this.plan = plan;
        this.contents = new RangeContents(plan, source, passed);
        this.checksums = new RangeChecksums(plan, new RangeContents(plan, source, passed), passed);
    }

    /// Reads bytes of a volume until the target is full or the volume ends.
    ///
    /// @return how many; -1 if the volume ends at the offset or before
    /// @throws ArchiveException SOURCE_CHANGED or SOURCE_UNREADABLE, naming the file; CLOSED if this is closed
    /// @throws InterruptedException if the thread is interrupted while it reads
    public int read(int volume, long offset, ByteBuffer target) throws ArchiveException, InterruptedException {
        var wanted = plan.volumes().get(volume);
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " of " + wanted.name());
        }
        if (offset >= wanted.length()) {
            return -1;
        }
        var before = target.position();
        var at = offset;
        for (var i = segmentAt(volume, offset); target.hasRemaining() && at < wanted.length(); i++) {
            at += readSegment(i, at - plan.segmentOffset(i), target);
        }
        return target.position() - before;
    }

    /// Looks whether the files behind a stretch of a volume are what the plan says, before any of it is read.
    ///
    /// @throws ArchiveException SOURCE_CHANGED or SOURCE_UNREADABLE, naming the first that differs
    public void verifySources(int volume, long offset, long length) throws ArchiveException {
        var behind = plan.firstSegment(volume + 1);
        var last = -1;
        for (var i = segmentAt(volume, offset); i < behind && plan.segmentOffset(i) < offset + length; i++) {
            var entry = entryOf(plan.segment(i));
            if (entry >= 0 && entry != last) {
                SourceState.verify(plan.entries().get(entry));
                last = entry;
            }
        }
    }

    /// All bytes of a volume, in order. Reading fails with an [ArchiveException]; INTERRUPTED if the thread was.
    public InputStream volume(int volume) {
        return new VolumeStream(plan.volumes().get(volume));
    }

    /// Makes a read in progress fail at once.
    @Override
    public void close() throws ArchiveException {
        try {
            source.close();
        } catch (IOException e) {
            throw new ArchiveException(ArchiveException.Kind.SOURCE_UNREADABLE, "a source file cannot be closed", e);
        }
    }

    /// Whose bytes these are; -1 if nobody's.
    private static int entryOf(Segment segment) {
        return switch (segment) {
            case Header h -> -1;
            case FileRange file -> file.entry();
            case Seal seal -> seal.entry();
        };
    }

    /// The last segment that begins at the offset or before.
    private int segmentAt(int volume, long offset) {
        var low = plan.firstSegment(volume);
        var high = plan.firstSegment(volume + 1) - 1;
        while (low < high) {
            var middle = (low + high + 1) >>> 1;
            if (plan.segmentOffset(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int readSegment(int segment, long from, ByteBuffer target) throws ArchiveException, InterruptedException {
        var part = plan.segment(segment);
        var length = (int) Math.min(part.length() - from, target.remaining());
        switch (part) {
            case Header header -> {
                var bytes = header.rendering().render(checksums.value(header.needs()));
                target.put(bytes, (int) from, length);
            }
            case FileRange file -> {
                var place = target.slice(target.position(), length);
                contents.fill(file.entry(), file.offset() + from, place);
                target.position(target.position() + length);
            }
            case Seal seal -> target.put(contents.seal(seal.entry()), seal.offset() + (int) from, length);
        }
        return length;
    }

    /// A volume from its beginning to its end.
    private final class VolumeStream extends InputStream {
        private final Volume volume;
        private long position;

        VolumeStream(Volume volume) {
            this.volume = volume;
        }

        @Override
        public int read() throws ArchiveException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws ArchiveException {
            Objects.checkFromIndexSize(from, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            try {
                var read = RangeReader.this.read(volume.index(), position, ByteBuffer.wrap(bytes, from, length));
                position += Math.max(read, 0);
                return read;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ArchiveException(
                        ArchiveException.Kind.INTERRUPTED, "'" + volume.name() + "' was not read to its end", e);
            }
        }
    }
}
