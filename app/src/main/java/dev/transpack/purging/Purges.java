package dev.transpack.purging;

import dev.transpack.database.Database;
import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.uploading.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks for purges. The plan is a row before anything of it happens; a [PurgePack] job then does it.
public final class Purges {
    private final Database database;
    private final Packs packs;
    private final PurgePlans plans;
    private final PurgeRecords records;
    private final Jobs jobs;

    Purges(Database database, Packs packs, PurgePlans plans, PurgeRecords records, Jobs jobs) {
        this.database = database;
        this.packs = packs;
        this.plans = plans;
        this.records = records;
        this.jobs = jobs;
    }

    /// Plans afresh and, if that may be done, has it done.
    ///
    /// @param override what a person has read and wants done all the same; null overrides nothing
    /// @throws StoreException when the destination cannot be asked what is there
    public PurgeAnswer purge(Pack pack, Set<PurgeFrom> from, @Nullable PurgeOverride override, String by)
            throws StoreException, InterruptedException {
        var plan = plans.plan(packs.get(pack.id()), from);
        var overridden = !plan.allowed();
        if (overridden && !(plan.overridable() && override != null && override.covers(plan)))
            return new PurgeAnswer.Refused(plan, override == null ? List.of() : override.unseen(plan));
        var root = plans.root(pack, plan); // may wait for a disk, as a transaction must not
        return database.inTransaction(() -> accept(plan, overridden, by, root));
    }

    /// Has the newest purge of a pack tried again that failed, waits or was cancelled, as it was agreed to then.
    ///
    /// @return false when there is none
    public boolean retry(String pack) {
        return job(pack).map(jobs::retry).orElse(false);
    }

    /// Ends the newest purge of a pack before its next step; what is gone by then stays gone.
    ///
    /// @return false when there is none that is under way
    public boolean cancel(String pack) {
        return job(pack).map(jobs::cancel).orElse(false);
    }

    /// The purge of a pack that was asked for last.
    public Optional<PurgeSummary> newest(String pack) {
        return records.of(pack, 1).stream().findFirst();
    }

    private Optional<String> job(String pack) {
        return newest(pack).flatMap(purge -> jobs.latest(purge.id())).map(Job::id);
    }

    private PurgeAnswer accept(PurgePlan plan, boolean overridden, String by, @Nullable String root) {
        var id = records.insert(plan, overridden, by);
        if (id.isEmpty()) return new PurgeAnswer.Refused(plan.refused(PurgePlans.RUNNING), List.of());
        jobs.enqueue(PurgePack.KIND, id.get(), new PurgePack.Payload(id.get()), Jobs.Terms.at(root));
        return new PurgeAnswer.Accepted(id.get(), plan);
    }
}
