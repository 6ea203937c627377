package dev.transpack.uploading;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/// Reads a buffer at the pace that is allowed.
final class PacedInputStream extends InputStream {
    private final ByteBuffer bytes;
    private final PartBody.Pace pace;

    PacedInputStream(ByteBuffer bytes, PartBody.Pace pace) {
        this.bytes = bytes;
        this.pace = pace;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!bytes.hasRemaining()) return -1;
        var count = Math.min(Math.min(length, bytes.remaining()), Math.max(1, pace.stretch()));
        await(count);
        bytes.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        return bytes.remaining();
    }

    private void await(int count) throws InterruptedIOException {
        try {
            pace.await(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to send");
        }
    }
}
