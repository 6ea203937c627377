package dev.transpack.librar;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A fixed number of reusable part buffers outside the heap, made when first needed: the disk and the network read and
/// write those without a copy. Safe for many threads.
final class PartBuffers {
    /// Those of streams that ended, for the next one, unless the collector comes first. Of the whole process, because
    /// memory outside the heap is: pack after pack it would grow until the collector happens to run.
    private static final ConcurrentLinkedQueue<WeakReference<ByteBuffer>> IDLE = new ConcurrentLinkedQueue<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final int size;
    private final int most;
    private int made;
    private boolean closed;

    PartBuffers(int most, int size) {
        this.most = most;
        this.size = size;
    }

    /// Waits for a buffer; its contents are whatever was there.
    ///
    /// @throws ArchiveException CLOSED if the buffers are, or become, closed
    ByteBuffer take() throws ArchiveException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (free.isEmpty() && made == most && !closed) {
                changed.await();
            }
            if (closed) {
                throw SourceReader.streamClosed();
            }
            if (!free.isEmpty()) {
                return free.removeLast();
            }
            made++;
            return idle().orElseGet(() -> ByteBuffer.allocateDirect(size));
        } finally {
            lock.unlock();
        }
    }

    /// Whether [#take] would not wait, as far as this thread knows that nobody else takes one.
    boolean hasRoom() {
        lock.lock();
        try {
            return !closed && (!free.isEmpty() || made < most);
        } finally {
            lock.unlock();
        }
    }

    void giveBack(ByteBuffer buffer) {
        lock.lock();
        try {
            if (closed) {
                IDLE.add(new WeakReference<>(buffer));
            } else {
                free.addLast(buffer);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            free.forEach(buffer -> IDLE.add(new WeakReference<>(buffer)));
            free.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A buffer of this size that nobody uses; those of other sizes are let go.
    private Optional<ByteBuffer> idle() {
        for (var next = IDLE.poll(); next != null; next = IDLE.poll()) {
            var buffer = next.get();
            if (buffer != null && buffer.capacity() == size) {
                return Optional.of(buffer);
            }
        }
        return Optional.empty();
    }

    /// How many buffers were ever made.
    int made() {
        lock.lock();
        try {
            return made;
        } finally {
            lock.unlock();
        }
    }
}
