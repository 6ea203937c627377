package dev.transpack.browse;

import dev.transpack.database.Database;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the bytes and files of folders in the background, one folder at a time, and remembers them across starts. A
/// folder is counted again when it was changed, and after a while that grows with its files, at most a day, because
/// changes deep inside do not show on the outside.
public final class SizeMeasurer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SizeMeasurer.class);
    private static final int LONGEST_QUEUE = 20_000;
    private static final int MOST_UNSAVED = 500;
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration FRESH_PER_FILE = Duration.ofSeconds(1);
    private static final Duration FRESH_AT_MOST = Duration.ofDays(1);
    private static final Duration KEPT = Duration.ofDays(30);

    record Size(long bytes, long files) {}

    private record Task(DownloadSizes.Key key, Path folder, long mtime) {}

    private final DownloadSizes rows;
    private final InstantSource clock;
    private final Map<DownloadSizes.Key, DownloadSizes.Row> known;
    private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
    private final Set<DownloadSizes.Key> queued = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    public SizeMeasurer(Database database, InstantSource clock) {
        this.rows = new DownloadSizes(database);
        this.clock = clock;
        rows.forgetBefore(clock.instant().minus(KEPT));
        this.known = new ConcurrentHashMap<>(rows.all());
        this.thread = Thread.ofVirtual().name("download-sizes").start(this::run);
    }

    /// What was counted last, if ever; asks for it to be counted (again) when that is due.
    Optional<Size> of(Path root, DiskEntry entry) {
        var key = new DownloadSizes.Key(root.toString(), entry.text());
        var row = known.get(key);
        var changed = entry.facts().changedAt();
        var mtime = changed == null ? 0 : changed.toEpochMilli();
        if (row == null || row.mtime() != mtime || isOld(row)) ask(new Task(key, entry.leadsTo(), mtime));
        return Optional.ofNullable(row).map(known -> new Size(known.bytes(), known.files()));
    }

    /// Whether everything that was asked for has been counted.
    boolean idle() {
        return queued.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOld(DownloadSizes.Row row) {
        var grown = FRESH.plus(FRESH_PER_FILE.multipliedBy(row.files()));
        var fresh = grown.compareTo(FRESH_AT_MOST) < 0 ? grown : FRESH_AT_MOST;
        return Instant.ofEpochMilli(row.measuredAt()).plus(fresh).isBefore(clock.instant());
    }

    /// When the queue is full, the next look asks again.
    private void ask(Task task) {
        if (queued.add(task.key) && !queue.offer(task)) queued.remove(task.key);
    }

    private void run() {
        var unsaved = new HashMap<DownloadSizes.Key, DownloadSizes.Row>();
        try {
            while (!closed) {
                measure(queue.take(), unsaved);
                if (queue.isEmpty() || unsaved.size() >= MOST_UNSAVED) save(unsaved);
            }
        } catch (InterruptedException e) {
            // closed while there was nothing to do
        }
        save(unsaved);
    }

    private void measure(Task task, Map<DownloadSizes.Key, DownloadSizes.Row> unsaved) {
        try {
            var size = count(task.folder);
            if (closed) return;
            var row = new DownloadSizes.Row(size.bytes, size.files, task.mtime, clock.millis());
            known.put(task.key, row);
            unsaved.put(task.key, row);
        } catch (IOException | RuntimeException e) {
            log.atWarn().setCause(e).log("a folder was not measured; tried again at the next look");
        } finally {
            queued.remove(task.key);
        }
    }

    /// Many at once, for every transaction waits for the disk.
    private void save(Map<DownloadSizes.Key, DownloadSizes.Row> unsaved) {
        try {
            rows.save(unsaved);
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("sizes were not saved; measured again after the next start");
        }
        unsaved.clear();
    }

    private Size count(Path folder) throws IOException {
        var counter = new Counter();
        Files.walkFileTree(folder, counter);
        return new Size(counter.bytes, counter.files);
    }

    /// Follows no link and passes over what cannot be read: a size is for looking at; packing reports by name.
    private final class Counter extends SimpleFileVisitor<Path> {
        private long bytes;
        private long files;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            files++;
            if (facts.isRegularFile()) bytes += facts.size();
            return closed ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
