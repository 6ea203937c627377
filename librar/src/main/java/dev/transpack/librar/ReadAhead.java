package dev.transpack.librar;

import dev.transpack.librar.Contents.Stretch;
import dev.transpack.librar.Segment.FileRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Reads several parts at once, each on a thread of its own, for files as they are: where a disk answers late and
/// serves
/// many at a time, as one behind a network does.
final class ReadAhead implements PartReading {
    private final ArchivePlan plan;
    private final ExecutorService threads;
    private final List<SourceReader> readers = new ArrayList<>();
    private final ArrayBlockingQueue<SourceReader> idle;
    /// A large file fills many parts.
    private @Nullable Source last;

    /// @param most how many parts at once
    ReadAhead(ArchivePlan plan, int most) {
        this.plan = plan;
        this.threads = Executors.newFixedThreadPool(
                most, Thread.ofPlatform().daemon().name("librar-read-", 1).factory());
        for (var i = 0; i < most; i++) {
            readers.add(new SourceReader());
        }
        this.idle = new ArrayBlockingQueue<>(most, false, readers);
    }

    /// What of a file belongs into one of a part's spans.
    private record Wanted(int span, Source source, long offset) {}

    @Override
    public Begun begin(UnfinishedPart part) {
        var wanted = new ArrayList<Wanted>();
        for (var i = 0; i < part.spans().size(); i++) {
            var span = part.spans().get(i);
            if (plan.segment(span.segment()) instanceof FileRange file) {
                wanted.add(new Wanted(i, source(file.entry()), file.offset() + span.offset()));
            }
        }
        var read = threads.submit(() -> read(part, wanted));
        return span -> Objects.requireNonNull(result(read).get(span));
    }

    private Source source(int entry) {
        var wanted = plan.entries().get(entry);
        var source = last != null && last.entry().equals(wanted) ? last : new Source(wanted);
        last = source;
        return source;
    }

    /// By span.
    private Map<Integer, Stretch> read(UnfinishedPart part, List<Wanted> wanted)
            throws ArchiveException, InterruptedException {
        var reader = idle.take();
        try {
            var stretches = new HashMap<Integer, Stretch>();
            for (var each : wanted) {
                var place = part.place(part.spans().get(each.span));
                stretches.put(each.span, new Stretch(reader.read(each.source, each.offset, place), null));
            }
            return stretches;
        } finally {
            idle.add(reader);
        }
    }

    private static Map<Integer, Stretch> result(Future<Map<Integer, Stretch>> read)
            throws ArchiveException, InterruptedException {
        try {
            return read.get();
        } catch (CancellationException e) {
            throw SourceReader.streamClosed();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ArchiveException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw SourceReader.streamClosed();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (var notBegun : threads.shutdownNow()) {
            ((Future<?>) notBegun).cancel(false);
        }
        for (var reader : readers) {
            reader.close();
        }
    }
}
