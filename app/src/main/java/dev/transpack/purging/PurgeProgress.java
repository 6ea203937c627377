package dev.transpack.purging;

import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRecord.Went;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The record of a purge under way; every change is a committed row when its method returns, and nothing is written
/// twice. A run that has lost the job to another writes nothing: its methods throw LOST.
final class PurgeProgress {
    private final Purge purge;
    private final PurgeRecords records;
    private final InstantSource clock;
    private final JobRun run;
    private final PurgeSoFar soFar;

    PurgeProgress(Purge purge, PurgeRecords records, InstantSource clock, JobRun run) {
        this.purge = purge;
        this.records = records;
        this.clock = clock;
        this.run = run;
        this.soFar = new PurgeSoFar(purge);
    }

    /// Says that it is under way, for the first time or again.
    ///
    /// @throws PurgeException while another purge of the pack is
    void starts() throws PurgeException, JobInterrupted {
        soFar.leaves(List.of());
        var begun = new AtomicBoolean();
        run.commit(() -> begun.set(records.begin(purge, soFar.underWay())));
        if (!begun.get()) throw new PurgeException("Another purge of this pack is under way.", true);
    }

    boolean has(Kind kind, String what) {
        return soFar.has(kind, what);
    }

    boolean sourceBegun() {
        return soFar.sourceBegun();
    }

    /// Before the first thing of the source goes.
    void beginsSource() throws JobInterrupted {
        if (soFar.sourceBegun()) return;
        soFar.beginsSource(clock.instant());
        writeRunning();
    }

    void went(Kind kind, String what, long bytes) throws JobInterrupted {
        went(List.of(new Went(kind, what, bytes, clock.instant())));
    }

    void went(List<Went> things) throws JobInterrupted {
        var more = things.stream().filter(soFar::isNew).toList();
        if (!more.isEmpty()) run.commit(() -> records.went(purge.id(), more));
    }

    /// What is left in the source, because it is not ours to remove or could not be.
    void leaves(List<String> things) throws JobInterrupted {
        soFar.leaves(things);
        if (!things.isEmpty()) writeRunning();
    }

    void ends(@Nullable String failure) throws JobInterrupted {
        run.commit(() -> records.finished(purge, soFar.ended(failure)));
    }

    private void writeRunning() throws JobInterrupted {
        run.commit(() -> records.running(purge, soFar.underWay()));
    }
}
