package dev.transpack.librar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Reads source files and checks, before and after, that they are what their entries say. Keeps the last file
/// open, because a large file is read part by part. One thread reads; any thread may close.
final class SourceReader implements AutoCloseable {
    /// Small enough that the checksum finds the bytes in the processor's cache.
    private static final int BITE = 256 * 1024;

    private volatile @Nullable Opened opened;
    private volatile boolean closed;

    private record Opened(Source source, FileChannel channel) implements Content {
        @Override
        public void fill(long offset, ByteBuffer target, CRC32 crc) throws IOException {
            for (var done = 0; done < target.remaining(); ) {
                var bite = target.slice(target.position() + done, Math.min(BITE, target.remaining() - done));
                var read = channel.read(bite, offset + done);
                if (read < 0) {
                    throw ArchiveException.changed(source.entry().name(), "it ends at byte " + (offset + done));
                }
                crc.update(bite.flip());
                done += read;
            }
        }
    }

    /// The bytes of one file, between two looks at it.
    interface Content {
        /// Puts a stretch of the file between a buffer's position and limit, and into a checksum.
        void fill(long offset, ByteBuffer target, CRC32 crc) throws IOException;
    }

    /// What is done with a file's bytes.
    interface Reading<T> {
        T of(Content content) throws IOException;
    }

    /// Fills a stretch of a buffer from a file and returns the CRC32 of what was read.
    ///
    /// @throws ArchiveException SOURCE_CHANGED, SOURCE_UNREADABLE, or CLOSED
    int read(Entry entry, long offset, ByteBuffer target) throws ArchiveException, InterruptedException {
        return read(source(entry), offset, target);
    }

    /// The same of a source that other readers may be reading too.
    int read(Source source, long offset, ByteBuffer target) throws ArchiveException, InterruptedException {
        return read(source, content -> {
            var crc = new CRC32();
            content.fill(offset, target, crc);
            return (int) crc.getValue();
        });
    }

    /// Reads of a file what is wanted, and looks at it afterwards.
    ///
    /// @throws ArchiveException SOURCE_CHANGED, SOURCE_UNREADABLE, or CLOSED
    <T> T read(Entry entry, Reading<T> reading) throws ArchiveException, InterruptedException {
        return read(source(entry), reading);
    }

    private <T> T read(Source source, Reading<T> reading) throws ArchiveException, InterruptedException {
        try {
            var result = reading.of(open(source));
            source.lookAgain();
            return result;
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (ArchiveException e) {
            throw e;
        } catch (IOException e) {
            throw closed
                    ? streamClosed()
                    : ArchiveException.unreadable(source.entry().name(), e);
        }
    }

    static ArchiveException streamClosed() {
        return new ArchiveException(ArchiveException.Kind.CLOSED, "the part stream was closed");
    }

    private Source source(Entry entry) {
        var current = opened;
        return current != null && current.source.entry().equals(entry) ? current.source : new Source(entry);
    }

    private Opened open(Source source) throws IOException {
        var current = opened;
        if (current != null && current.source == source) {
            return current;
        }
        closeFile();
        source.look();
        var path = source.entry().source();
        var next = new Opened(source, FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        opened = next;
        if (closed) {
            closeFile();
            throw streamClosed();
        }
        return next;
    }

    private static InterruptedException interrupted(ClosedByInterruptException cause) {
        Thread.interrupted(); // the exception carries it from here on
        var interruption = new InterruptedException("interrupted while reading a source file");
        interruption.initCause(cause);
        return interruption;
    }

    /// Makes a read in progress fail at once, with CLOSED.
    @Override
    public void close() throws IOException {
        closed = true;
        closeFile();
    }

    /// Lets go of the last file; reading may go on with another.
    void closeFile() throws IOException {
        var current = opened;
        opened = null;
        if (current != null) {
            current.channel.close();
        }
    }
}
