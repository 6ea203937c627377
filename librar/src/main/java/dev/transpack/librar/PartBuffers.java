package dev.transpack.librar;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A fixed number of reusable part buffers, made when first needed. Safe for many threads.
final class PartBuffers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
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
    byte[] take() throws ArchiveException, InterruptedException {
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
            return new byte[size];
        } finally {
            lock.unlock();
        }
    }

    void giveBack(byte[] buffer) {
        lock.lock();
        try {
            free.addLast(buffer);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            free.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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
