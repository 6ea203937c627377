package dev.transpack.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// A run under way: writes its progress at most twice a second, and learns there whether it is to end.
final class RunningJob implements JobRun {
    private static final long WRITE_EVERY_MILLIS = Duration.ofMillis(500).toMillis();
    private static final double SMOOTHING = 0.3;

    private final Jobs jobs;
    private final String id;
    private final long fence;
    private final InstantSource clock;
    private final BooleanSupplier stopping;

    private Job.Progress progress = new Job.Progress(0, 0, 0);
    private boolean begun;
    private long writtenAt;
    private long writtenBytes;
    private long firstBytes;
    private volatile boolean cancelSeen;

    RunningJob(Jobs jobs, String id, long fence, InstantSource clock, BooleanSupplier stopping) {
        this.jobs = jobs;
        this.id = id;
        this.fence = fence;
        this.clock = clock;
        this.stopping = stopping;
    }

    @Override
    public synchronized void progress(long doneBytes, long totalBytes) throws JobInterrupted {
        if (firstBytes == 0) firstBytes = doneBytes;
        progress = new Job.Progress(doneBytes, totalBytes, progress.bytesPerSecond());
        check();
    }

    @Override
    public void commit(Runnable rows) throws JobInterrupted {
        if (!jobs.inTransaction(id, fence, rows)) throw new JobInterrupted(JobInterrupted.Cause.LOST);
    }

    @Override
    public void commitLast(Runnable rows) throws JobInterrupted {
        var cancelled = new AtomicBoolean();
        commit(() -> {
            cancelled.set(jobs.rows().cancelRequested(id));
            if (!cancelled.get()) rows.run();
        });
        if (cancelled.get()) throw cancelled();
    }

    /// Whether this run was told of a wish to cancel: what it does since is the tidying up.
    boolean cancelSeen() {
        return cancelSeen;
    }

    /// Whether this run brought the job on: failures before it count no more.
    synchronized boolean broughtOn() {
        return progress.doneBytes() > firstBytes;
    }

    @Override
    public synchronized void check() throws JobInterrupted {
        if (stopping.getAsBoolean()) throw new JobInterrupted(JobInterrupted.Cause.STOPPING);
        var now = clock.millis();
        if (begun && now >= writtenAt && now - writtenAt < WRITE_EVERY_MILLIS) return;
        write(now);
    }

    /// Writes the last progress; the work is done, so a wish to cancel or pause comes too late.
    synchronized void finish() throws JobInterrupted {
        try {
            write(clock.millis());
        } catch (JobInterrupted e) {
            if (e.why() == JobInterrupted.Cause.LOST) throw e;
        }
    }

    private void write(long now) throws JobInterrupted {
        progress = new Job.Progress(progress.doneBytes(), progress.totalBytes(), rate(now));
        begun = true;
        writtenAt = now;
        writtenBytes = progress.doneBytes();
        var wishes = jobs.rows()
                .progress(id, fence, progress)
                .orElseThrow(() -> new JobInterrupted(JobInterrupted.Cause.LOST));
        if (wishes.cancel()) throw cancelled();
        if (wishes.pause()) throw new JobInterrupted(JobInterrupted.Cause.PAUSED);
    }

    private JobInterrupted cancelled() {
        cancelSeen = true;
        return new JobInterrupted(JobInterrupted.Cause.CANCELLED);
    }

    /// What was done before this run began does not count as speed.
    private long rate(long now) {
        if (writtenBytes == 0 || now <= writtenAt) return progress.bytesPerSecond();
        var current = (progress.doneBytes() - writtenBytes) * 1000.0 / (now - writtenAt);
        if (progress.bytesPerSecond() == 0) return Math.max(0, Math.round(current));
        return Math.max(0, Math.round(SMOOTHING * current + (1 - SMOOTHING) * progress.bytesPerSecond()));
    }
}
