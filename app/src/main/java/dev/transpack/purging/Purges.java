package dev.transpack.purging;

import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.uploading.StoreException;
import java.util.ArrayList;
import java.util.List;
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
        return database.inTransaction(() -> accept(plan, overridden, by));
    }

    private PurgeAnswer accept(PurgePlan plan, boolean overridden, String by) {
        if (records.running(plan.pack(), null).isPresent())
            return new PurgeAnswer.Refused(alreadyRunning(plan), List.of());
        var id = records.insert(plan, overridden, by);
        jobs.enqueue(PurgePack.KIND, id, new PurgePack.Payload(id));
        return new PurgeAnswer.Accepted(id, plan);
    }

    /// Two asked at the same moment.
    private static PurgePlan alreadyRunning(PurgePlan plan) {
        var refusals = new ArrayList<>(plan.refusals());
        refusals.add(new PurgeRefusal(
                Reason.PURGE_RUNNING, "A purge of this pack is under way.", "Wait until it has ended."));
        return new PurgePlan(
                plan.pack(),
                plan.name(),
                plan.from(),
                plan.made(),
                plan.steps(),
                plan.freed(),
                plan.stays(),
                plan.proof(),
                refusals);
    }
}
