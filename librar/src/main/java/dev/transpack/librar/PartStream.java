package dev.transpack.librar;

import dev.transpack.librar.PartRanges.PartRange;
import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Header;
import dev.transpack.librar.Segment.Seal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bytes of a plan as parts, in the order they become complete, in bounded memory, from where a ledger left
/// off.
///
/// Reads every source once, in order. A part that holds a header whose checksum is not known yet waits in
/// memory until the data behind the header was read, and comes out after it (format section 1): at most two
/// parts wait at a time. Accepted parts are neither read nor produced; their fragments' checksums stand in for
/// their bytes. Except in an encrypted ZIP: a file whose last part was not accepted is read from its beginning, because
/// its authentication code needs every byte.
///
/// One thread calls [#next] and the checksums; [#close] and [Part#close] may be called on any thread. After an
/// exception the stream is of no further use.
public final class PartStream implements AutoCloseable {
    private final ArchivePlan plan;
    private final PartLedger ledger;
    private final PartBuffers buffers;
    private final Iterator<PartRange> ranges;
    private final StreamChecksums checksums;
    private final Contents contents;
    private final int readers;
    private final PartReading reading;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final List<UnfinishedPart> unfinished = new ArrayList<>();
    private final ArrayDeque<Part> finished = new ArrayDeque<>();
    /// Those whose checksum is not known yet, and the last; two wait when a header was cut by the end of a volume.
    private final ArrayDeque<PendingHeader> headers = new ArrayDeque<>();

    /// A part whose turn comes: the destination has it, or it is being read.
    private sealed interface Turn {
        record Known(PartRange range, List<Fragment> fragments) implements Turn {}

        record Read(UnfinishedPart part, PartReading.Begun begun) implements Turn {}
    }

    /// A stream of a plan's parts, that reads one after the other.
    ///
    /// @see #PartStream(ArchivePlan, int, PartLedger, int, int)
    public PartStream(ArchivePlan plan, int partSize, PartLedger ledger, int buffers) {
        this(plan, partSize, ledger, buffers, 1);
    }

    /// A stream of a plan's parts.
    ///
    /// @param plan what to produce
    /// @param partSize bytes of every part but a volume's last; at least the longest header's
    /// @param ledger what need not be produced again
    /// @param buffers how many part buffers there may be: [ArchivePlan#partsThatWait], and as many as the caller
    ///     keeps in flight (those being filled count as some of these)
    /// @param readers how many parts may be read at once, buffers permitting; one is best on a disk that spins
    public PartStream(ArchivePlan plan, int partSize, PartLedger ledger, int buffers, int readers) {
        if (buffers <= plan.partsThatWait()) {
            throw new IllegalArgumentException(
                    plan.partsThatWait() + " parts may wait while another is filled: " + buffers + " buffers");
        }
        if (partSize < plan.longestHeader()) {
            throw new IllegalArgumentException("a part of " + partSize + " bytes is shorter than the longest header, "
                    + plan.longestHeader() + " bytes");
        }
        this.plan = plan;
        this.ledger = ledger;
        this.buffers = new PartBuffers(buffers, bufferSize(plan, partSize));
        this.ranges = new PartRanges(plan, partSize);
        this.checksums = new StreamChecksums(plan);
        var reader = new SourceReader();
        this.contents = plan.contents(reader);
        this.readers = plan.isEncrypted() ? 1 : readers;
        this.reading = this.readers > 1 ? new ReadAhead(plan, readers) : new PartReading.InTurn(plan, contents, reader);
    }

    /// The next complete part; null after the last. Blocks until a buffer is free. The caller closes the part.
    ///
    /// @throws ArchiveException SOURCE_CHANGED or SOURCE_UNREADABLE, naming the file; REFUSED if the ledger is
    ///     of another plan; CLOSED if the stream is, or becomes, closed
    /// @throws InterruptedException if the thread is interrupted while it waits or reads
    public @Nullable Part next() throws ArchiveException, InterruptedException {
        while (finished.isEmpty()) {
            lookAhead();
            switch (turns.poll()) {
                case Turn.Known(var range, var fragments) -> skip(range, fragments);
                case Turn.Read(var part, var begun) -> produce(part, begun);
                case null -> {
                    closeFiles();
                    return null;
                }
            }
        }
        return finished.removeFirst();
    }

    /// The CRC32 of an entry's content, by its index in the plan; 0 if it has none.
    ///
    /// @throws IllegalStateException if the stream has not passed its end yet
    public int entryCrc32(int entry) {
        return checksums.entry(entry);
    }

    /// A reader that has the checksums of this stream. For volumes all of whose parts this stream has handed out, on
    /// any thread that saw them; for any volume once the stream has ended.
    public RangeReader rangeReader() {
        return new RangeReader(plan, checksums);
    }

    /// All checksums of the plan, once the stream has ended: with them any bytes can be read at any time later.
    ///
    /// @throws IllegalStateException if the stream has not ended yet
    public PlanChecksums checksums() {
        return PlanChecksums.of(plan, checksums);
    }

    /// Ends the stream and wakes a blocked [#next]. Parts already handed out stay valid.
    @Override
    public void close() throws ArchiveException {
        buffers.close();
        closeFiles();
    }

    /// How many buffers were ever made; never more than allowed.
    int buffersMade() {
        return buffers.made();
    }

    private static int bufferSize(ArchivePlan plan, int partSize) {
        var longest = plan.volumes().stream().mapToLong(Volume::length).max().orElse(0);
        return (int) Math.min(partSize, longest);
    }

    /// Begins with as many parts as may be read at once and have a buffer.
    private void lookAhead() throws ArchiveException, InterruptedException {
        while (turns.size() < readers && ranges.hasNext() && (turns.isEmpty() || buffers.hasRoom())) {
            turns.add(begun(ranges.next()));
        }
    }

    private Turn begun(PartRange range) throws ArchiveException, InterruptedException {
        var accepted = ledger.accepted(range.volume(), range.number());
        if (accepted.isPresent()) {
            return new Turn.Known(range, accepted.get());
        }
        var part = new UnfinishedPart(range, buffers.take());
        return new Turn.Read(part, reading.begin(part));
    }

    private void skip(PartRange range, List<Fragment> accepted) throws ArchiveException {
        if (accepted.size() != range.spans().size()) {
            throw foreign(range);
        }
        for (var i = 0; i < accepted.size(); i++) {
            var span = range.spans().get(i);
            var fragment = accepted.get(i);
            var segment = plan.segment(span.segment());
            var shouldBeEncrypted = segment instanceof FileRange && plan.isEncrypted();
            if (!fragment.isOf(span) || shouldBeEncrypted != (fragment.encrypted() != null)) {
                throw foreign(range);
            }
            switch (segment) {
                case Header h -> pending(span.segment(), h).expect(fragment);
                case FileRange file -> {
                    contents.skip(file.entry(), fragment);
                    pass(file, fragment);
                }
                case Seal seal -> {}
            }
        }
    }

    private void produce(UnfinishedPart part, PartReading.Begun begun) throws ArchiveException, InterruptedException {
        unfinished.add(part);
        for (var i = 0; i < part.spans().size(); i++) {
            var span = part.spans().get(i);
            switch (plan.segment(span.segment())) {
                case Header h -> pending(span.segment(), h).fill(part, i);
                case FileRange file -> pass(file, part.filled(i, begun.stretch(i)));
                case Seal seal -> part.fillMade(i, contents.seal(seal.entry()), seal.offset() + (int) span.offset());
            }
        }
        release();
    }

    /// Lets a stretch of a file go by, which may be what a header was waiting for.
    private void pass(FileRange file, Fragment fragment) throws ArchiveException {
        checksums.add(file, fragment);
        for (var header : headers) {
            header.resolve();
        }
        release();
    }

    private PendingHeader pending(int segment, Header wanted) throws ArchiveException {
        var last = headers.peekLast();
        if (last != null && last.segment() == segment) {
            return last;
        }
        headers.removeIf(PendingHeader::isResolved);
        var next = new PendingHeader(plan, segment, wanted, checksums);
        headers.addLast(next);
        next.resolve();
        return next;
    }

    private void release() {
        for (var i = unfinished.iterator(); i.hasNext(); ) {
            var part = i.next();
            if (part.isComplete()) {
                i.remove();
                finished.addLast(part.complete(buffers));
            }
        }
    }

    private ArchiveException foreign(PartRange range) {
        return ArchiveException.refused("the ledger's part " + range.number() + " of "
                + plan.volumes().get(range.volume()).name() + " belongs to another plan: start the pack afresh");
    }

    private void closeFiles() throws ArchiveException {
        try {
            reading.close();
        } catch (IOException e) {
            throw new ArchiveException(ArchiveException.Kind.SOURCE_UNREADABLE, "a source file cannot be closed", e);
        }
    }
}
