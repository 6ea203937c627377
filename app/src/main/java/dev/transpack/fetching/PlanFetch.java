package dev.transpack.fetching;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Fetches the parts of a plan that the workplace lacks, a few at a time, and proves every file by its checksum.
final class PlanFetch {
    private static final int IN_FLIGHT = 4;

    private final FetchPlan plan;
    private final Workplace workplace;
    private final PartFetch parts;
    private final Fetch.Progress progress;
    private final FileSums sums = new FileSums();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong fetched = new AtomicLong();

    PlanFetch(LinkClient client, RemotePack pack, FetchPlan plan, Workplace workplace, Fetch.Progress progress) {
        this.plan = plan;
        this.workplace = workplace;
        this.progress = progress;
        this.parts = new PartFetch(client, pack, plan, workplace, this::came);
    }

    /// Makes room for every file.
    void prepare() throws IOException {
        var begun = new HashSet<Integer>();
        for (var i = 0; i < plan.items().size(); i++)
            if (!workplace.prepare(plan.items().get(i))) begun.add(i);
        workplace.forget(partsOf(begun));
    }

    /// Bytes that are still to be fetched.
    long left() {
        return missing().stream().mapToLong(FetchPart::size).sum();
    }

    /// Bytes that came over the line.
    long fetched() {
        return fetched.get();
    }

    /// Returns when every file is in the workplace as the manifest says.
    ///
    /// @throws FetchException if one cannot be had so
    void run() throws IOException, InterruptedException {
        fetchMissing();
        var damaged = damaged(_ -> true);
        if (damaged.isEmpty()) return;
        for (var item : damaged) if (isProvenWrong(item)) throw wrong(item);
        damaged.forEach(sums::forget); // an earlier run noted more than the disk kept
        workplace.forget(partsOf(damaged));
        fetchMissing();
        for (var item : damaged(damaged::contains)) throw wrong(item);
    }

    private void fetchMissing() throws IOException, InterruptedException {
        var missing = new ConcurrentLinkedQueue<>(missing());
        done.set(plan.bytes() - left());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = new ExecutorCompletionService<Void>(threads);
            for (var i = 0; i < IN_FLIGHT; i++) workers.submit(() -> fetchAll(missing));
            try {
                for (var i = 0; i < IN_FLIGHT; i++) ended(workers.take());
            } finally {
                missing.clear();
                threads.shutdownNow();
            }
        }
    }

    private Void fetchAll(ConcurrentLinkedQueue<FetchPart> missing) throws IOException, InterruptedException {
        for (var part = missing.poll(); part != null; part = missing.poll()) {
            parts.run(part).forEach(sums::add);
            workplace.done(part);
        }
        return null;
    }

    private static void ended(Future<Void> worker) throws IOException, InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) throw failure;
            throw new IllegalStateException(e.getCause());
        }
    }

    private void came(long bytes) {
        if (bytes > 0) fetched.addAndGet(bytes);
        progress.at(done.addAndGet(bytes), plan.bytes());
    }

    private List<FetchPart> missing() {
        return plan.parts().stream().filter(part -> !workplace.isDone(part)).toList();
    }

    private List<FetchPart> partsOf(Set<Integer> items) {
        return plan.parts().stream()
                .filter(part -> part.stretches().stream().anyMatch(stretch -> items.contains(stretch.item())))
                .toList();
    }

    private Set<Integer> damaged(Predicate<Integer> looked) throws IOException {
        var damaged = new TreeSet<Integer>();
        for (var i = 0; i < plan.items().size(); i++) {
            var item = plan.items().get(i);
            var file = workplace.file(item);
            if (looked.test(i) && (Files.size(file) != item.size() || sums.crc32(i, file, item.size()) != item.crc32()))
                damaged.add(i);
        }
        return damaged;
    }

    /// Whether nothing but the pack itself can be to blame: all of it was written by this process, from parts whose
    /// every
    /// byte was checked. What stands before the parts of an encrypted file was not.
    private boolean isProvenWrong(int index) {
        var item = plan.items().get(index);
        return item.cipher() == null && sums.knowsAll(index, item.size());
    }

    private FetchException wrong(int item) {
        return FetchException.endsIt(
                "'" + plan.items().get(item).path() + "' arrived as it lies there and its CRC32 is not"
                        + " that of the manifest: the pack is damaged, have it sent again.");
    }
}
