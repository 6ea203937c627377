package dev.transpack.fetching;

import dev.transpack.librar.Decryption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Writes one stretch of a file at its place, opened if it is encrypted.
final class StretchWriter implements AutoCloseable {
    private final FileChannel file;
    private final long size;
    private final Decryption.@Nullable Opening opening;
    private final CRC32 crc = new CRC32();
    private final long from;
    private long position;

    /// @param size of the whole file
    /// @param from within the stored content
    /// @param opening null if the content stands as it is
    StretchWriter(Path file, long size, long from, Decryption.@Nullable Opening opening) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.WRITE);
        this.size = size;
        this.opening = opening;
        this.from = opening == null ? from : opening.position();
        this.position = this.from;
    }

    void write(ByteBuffer stored) throws IOException {
        if (opening == null) {
            put(stored);
            return;
        }
        var bytes = new byte[stored.remaining()];
        stored.get(bytes);
        put(ByteBuffer.wrap(opening.open(bytes, bytes.length)));
    }

    /// What was written so far.
    FileSums.Sum sum(int item) {
        return new FileSums.Sum(item, from, position - from, (int) crc.getValue());
    }

    /// Without what fills the last block up.
    private void put(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > size - position) bytes.limit(bytes.position() + (int) (size - position));
        crc.update(bytes.duplicate());
        while (bytes.hasRemaining()) position += file.write(bytes, position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
