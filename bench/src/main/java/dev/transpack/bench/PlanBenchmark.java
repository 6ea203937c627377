package dev.transpack.bench;

import dev.transpack.librar.ArchiveOptions;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Entry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long a plan takes, by the number of files, in a heap of 600 MB.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx600m")
public class PlanBenchmark {
    @Param({"20000", "1000000"})
    private int files;

    private List<Entry> entries;

    @Setup
    public void name() {
        var when = Instant.parse("2017-07-14T02:40:00Z");
        entries = new ArrayList<>(files);
        for (var i = 0; i < files; i++) {
            var name = "Photos/" + i / 1000 + "/IMG_" + i + ".jpg";
            entries.add(new Entry(name, Entry.Kind.FILE, Path.of("/", name), 30_000 + i % 977, when, 0100644, null));
        }
    }

    @Benchmark
    public ArchivePlan plan() throws Exception {
        return ArchivePlan.of("Photos", entries, ArchiveOptions.rar5(500L << 20));
    }
}
