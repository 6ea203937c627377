package dev.transpack.uploading;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// The parts of one volume after the other, read from their files into a few buffers that are used again and again.
final class StagedParts {
    private final int partSize;
    private final BlockingQueue<ByteBuffer> free;

    /// @param buffers how many parts may be held at a time
    StagedParts(int partSize, int buffers) {
        this.partSize = partSize;
        this.free = new ArrayBlockingQueue<>(buffers);
        for (var i = 0; i < buffers; i++) free.add(ByteBuffer.allocateDirect(partSize));
    }

    /// Takes a part; it is the taker's until it is closed.
    @FunctionalInterface
    interface Taker {
        void take(StagedPart part) throws IOException, InterruptedException;
    }

    /// One part; closing it gives its buffer back.
    final class StagedPart implements AutoCloseable {
        private final PartBytes bytes;
        private final ByteBuffer buffer;

        private StagedPart(PartBytes bytes, ByteBuffer buffer) {
            this.bytes = bytes;
            this.buffer = buffer;
        }

        PartBytes bytes() {
            return bytes;
        }

        @Override
        public void close() {
            free.add(buffer);
        }
    }

    int count(long length) {
        return Math.toIntExact(Math.ceilDiv(length, partSize));
    }

    /// Reads a file from its beginning to its end; waits while all buffers are out.
    void each(Path file, long length, Taker taker) throws IOException, InterruptedException {
        try (var channel = FileChannel.open(file)) {
            for (var number = 1; number <= count(length); number++) {
                var from = (long) (number - 1) * partSize;
                taker.take(read(channel, number, (int) Math.min(partSize, length - from)));
            }
        }
    }

    private StagedPart read(FileChannel channel, int number, int size) throws IOException, InterruptedException {
        var buffer = free.take();
        try {
            buffer.clear().limit(size);
            while (buffer.hasRemaining())
                if (channel.read(buffer) < 0) throw new EOFException("a staged volume ends early");
            return new StagedPart(PartBytes.of(number, buffer.flip().slice()), buffer);
        } catch (Throwable e) {
            free.add(buffer);
            throw e;
        }
    }
}
