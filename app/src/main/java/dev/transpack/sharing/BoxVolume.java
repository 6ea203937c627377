package dev.transpack.sharing;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.RangeReader;
import dev.transpack.librar.Volume;
import dev.transpack.uploading.RateLimit;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A volume that is served from its source files, read by one thread with one buffer. Never gives bytes of a file that
/// is not what it was.
public final class BoxVolume implements AutoCloseable {
    private static final int STRETCH = 128 << 10;

    private final RangeReader reader;
    private final Volume volume;
    private final RateLimit pace;
    private final Consumer<ArchiveException> failed;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long at;
    private long end;
    private boolean begun;

    BoxVolume(RangeReader reader, Volume volume, RateLimit pace, Consumer<ArchiveException> failed) {
        this.reader = reader;
        this.volume = volume;
        this.pace = pace;
        this.failed = failed;
    }

    /// Looks at all files behind a stretch, and reads its first bytes: what is known to be wrong is known before
    /// anything is given out.
    ///
    /// @throws ArchiveException naming what changed or cannot be read
    public void begin(long from, long length) throws ArchiveException, InterruptedException {
        at = from;
        end = from + length;
        buffer = ByteBuffer.allocate((int) Math.min(STRETCH, length));
        try {
            reader.verifySources(volume.index(), from, length);
        } catch (ArchiveException e) {
            failed.accept(e);
            throw e;
        }
        begun = read();
    }

    /// Whether there is anything behind the bytes that were read last: reading it may fail.
    public boolean hasMore() {
        return at < end;
    }

    /// The next bytes of the stretch, good until the next call; null behind the last. Waits as long as the rate limit
    /// of uploads says.
    ///
    /// @throws ArchiveException naming what changed meanwhile or cannot be read
    public @Nullable ByteBuffer next() throws ArchiveException, InterruptedException {
        if (!begun && !read()) return null;
        begun = false;
        pace.await(buffer.remaining());
        return buffer;
    }

    @Override
    public void close() throws ArchiveException {
        reader.close();
    }

    /// @return false behind the end
    private boolean read() throws ArchiveException, InterruptedException {
        if (at >= end) return false;
        buffer.clear().limit((int) Math.min(Math.min(buffer.capacity(), pace.stretch()), end - at));
        try {
            at += reader.read(volume.index(), at, buffer);
        } catch (ArchiveException e) {
            failed.accept(e);
            throw e;
        }
        buffer.flip();
        return true;
    }
}
