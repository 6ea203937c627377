package dev.transpack.librar;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A complete part of a volume, ready to be sent. Holds one of its stream's buffers until it is closed; may be
/// used and closed on any thread.
public final class Part implements AutoCloseable {
    private final PartRanges.PartRange range;
    private final List<Fragment> fragments;
    private final PartBuffers buffers;
    private final AtomicReference<@Nullable ByteBuffer> buffer;

    Part(PartRanges.PartRange range, List<Fragment> fragments, ByteBuffer buffer, PartBuffers buffers) {
        this.range = range;
        this.fragments = fragments;
        this.buffer = new AtomicReference<>(buffer);
        this.buffers = buffers;
    }

    /// Index of the volume it belongs to, from 0.
    public int volume() {
        return range.volume();
    }

    /// Its number within the volume, from 1.
    public int number() {
        return range.number();
    }

    /// Where it begins within the volume.
    public long offset() {
        return range.offset();
    }

    /// Its length in bytes.
    public int length() {
        return range.length();
    }

    /// Its bytes, from position to limit, in a direct buffer. Each call gives an independent view; none
    /// may be used after [#close].
    public ByteBuffer bytes() {
        var held = buffer.get();
        if (held == null) {
            throw new IllegalStateException("part " + number() + " of volume " + volume() + " was closed");
        }
        return held.slice(0, length());
    }

    /// What it holds, in order: to be kept with the destination's acceptance, see [PartLedger].
    public List<Fragment> fragments() {
        return fragments;
    }

    /// The CRC32 of the whole part.
    public int crc32() {
        var crc = 0;
        for (var fragment : fragments) {
            crc = Checksums.crc32Combine(crc, fragment.crc32(), fragment.length());
        }
        return crc;
    }

    /// Gives the buffer back to the stream; a second time does nothing.
    @Override
    public void close() {
        var held = buffer.getAndSet(null);
        if (held != null) {
            buffers.giveBack(held);
        }
    }
}
