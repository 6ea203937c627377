package dev.transpack.bench;

import dev.transpack.librar.ArchiveFormat;
import dev.transpack.librar.ArchiveOptions;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.EntryScan;
import dev.transpack.librar.PartLedger;
import dev.transpack.librar.PartStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a pack costs before a byte is sent, from the page cache: scan, plan, read, checksums, part buffers. An
/// operation is a MiB of the source, so that MiB a second are the score. [#read] is the floor: the same bytes and
/// buffers without the engine.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class EngineBenchmark {
    private static final int MEBIBYTES = 512;
    private static final int PART = 16 << 20;

    @Param({"RAR5", "ZIP", "TAR"})
    private ArchiveFormat format;

    @Param({"1", "2"})
    private int readers;

    private Path folder;
    private Path file;
    private ByteBuffer buffer;

    @Setup(Level.Trial)
    public void write() throws IOException {
        folder = Files.createTempDirectory("bench");
        file = folder.resolve("film.mkv");
        buffer = ByteBuffer.allocateDirect(PART);
        var random = new Random(1);
        var bytes = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            for (var i = 0; i < MEBIBYTES; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Files.delete(file);
        Files.delete(folder);
    }

    @Benchmark
    @OperationsPerInvocation(MEBIBYTES)
    public long pack() throws Exception {
        var options = format == ArchiveFormat.RAR5 ? ArchiveOptions.rar5(500L << 20) : ArchiveOptions.whole(format);
        var plan = ArchivePlan.of("film", EntryScan.of(folder).entries(), options);
        var bytes = 0L;
        try (var stream = new PartStream(plan, PART, PartLedger.empty(), plan.partsThatWait() + 4, readers)) {
            for (var part = stream.next(); part != null; part = stream.next()) {
                bytes += part.crc32();
                part.close();
            }
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(MEBIBYTES)
    public long read() throws IOException {
        var bytes = 0L;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (var read = 0; read >= 0; read = channel.read(buffer.clear())) {
                bytes += read;
            }
        }
        return bytes;
    }
}
