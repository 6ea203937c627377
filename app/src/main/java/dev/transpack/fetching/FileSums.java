package dev.transpack.fetching;

import dev.transpack.librar.Checksums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// Checksums of what was written, stretch by stretch, joined to that of each file. What this process did not write is
/// read.
final class FileSums {
    private static final int BITE = 256 * 1024;

    private final Map<Integer, TreeMap<Long, Sum>> written = new HashMap<>();

    /// Of a stretch of a file.
    record Sum(int item, long from, long length, int crc32) {}

    synchronized void add(Sum sum) {
        if (sum.length() > 0)
            written.computeIfAbsent(sum.item(), _ -> new TreeMap<>()).put(sum.from(), sum);
    }

    /// Forgets a file, which is then read.
    synchronized void forget(int item) {
        written.remove(item);
    }

    /// Whether all of a file was written by this process.
    synchronized boolean knowsAll(int item, long size) {
        return written.getOrDefault(item, new TreeMap<>()).values().stream()
                        .mapToLong(Sum::length)
                        .sum()
                == size;
    }

    /// The CRC32 of a whole file.
    synchronized int crc32(int item, Path file, long size) throws IOException {
        var crc = 0;
        var next = 0L;
        for (var sum : written.getOrDefault(item, new TreeMap<>()).values()) {
            var gap = sum.from() - next;
            if (gap > 0) crc = Checksums.crc32Combine(crc, read(file, next, gap), gap);
            crc = Checksums.crc32Combine(crc, sum.crc32(), sum.length());
            next = sum.from() + sum.length();
        }
        return next == size ? crc : Checksums.crc32Combine(crc, read(file, next, size - next), size - next);
    }

    /// The CRC32 of a stretch of a file on the disk.
    static int read(Path file, long from, long length) throws IOException {
        var crc = new CRC32();
        var buffer = ByteBuffer.allocate((int) Math.min(BITE, length));
        try (var channel = FileChannel.open(file)) {
            for (var at = from; at < from + length; at += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), from + length - at));
                while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
                if (buffer.hasRemaining()) throw new IOException("'" + file + "' is shorter than it was");
                crc.update(buffer.flip());
            }
        }
        return (int) crc.getValue();
    }
}
