package dev.transpack.librar;

import dev.transpack.librar.PartRanges.PartRange;
import dev.transpack.librar.PartRanges.Span;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A part that is being filled, or waits for the bytes of a header.
final class UnfinishedPart {
    private final PartRange range;
    private final ByteBuffer buffer;
    private final @Nullable Fragment[] fragments;
    private int missing;

    UnfinishedPart(PartRange range, ByteBuffer buffer) {
        this.range = range;
        this.buffer = buffer;
        this.fragments = new @Nullable Fragment[range.spans().size()];
        this.missing = fragments.length;
    }

    /// What it is made of, in order.
    List<Span> spans() {
        return range.spans();
    }

    /// Where the bytes of a span belong.
    ByteBuffer place(Span span) {
        return buffer.slice(span.position(), span.length());
    }

    /// Notes what stands in the buffer at one of the part's spans.
    Fragment filled(int index, Contents.Stretch stretch) {
        var span = range.spans().get(index);
        var fragment = new Fragment(span.segment(), span.offset(), span.length(), stretch.crc32(), stretch.encrypted());
        fragments[index] = fragment;
        missing--;
        return fragment;
    }

    /// Copies this part's stretch of a header into place.
    void fillHeader(int index, byte[] header) {
        fillMade(index, header, (int) range.spans().get(index).offset());
    }

    /// Copies bytes that were made up into place, from an offset on.
    void fillMade(int index, byte[] made, int from) {
        Span span = range.spans().get(index);
        place(span).put(made, from, span.length());
        var crc = new CRC32();
        crc.update(made, from, span.length());
        filled(index, new Contents.Stretch((int) crc.getValue(), null));
    }

    boolean isComplete() {
        return missing == 0;
    }

    Part complete(PartBuffers buffers) {
        var all = Arrays.stream(fragments).map(UnfinishedPart::present).toList();
        return new Part(range, all, buffer, buffers);
    }

    private static Fragment present(@Nullable Fragment fragment) {
        if (fragment == null) {
            throw new IllegalStateException("an unfinished part was taken for a complete one");
        }
        return fragment;
    }
}
