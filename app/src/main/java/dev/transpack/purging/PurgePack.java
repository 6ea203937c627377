package dev.transpack.purging;

import dev.transpack.database.Database;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobKind;
import dev.transpack.jobs.JobRun;
import dev.transpack.jobs.JobWork;
import dev.transpack.jobs.RetryPolicy;
import dev.transpack.packing.PackSecrets;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgePlans.Begun;
import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRefusal.Reason;
import dev.transpack.sharing.ShareLinks;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.transmission.TransmissionException;
import dev.transpack.uploading.BoxRows;
import dev.transpack.uploading.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The job that does what a written plan says: links, objects, torrent and data, in that order. The proof is looked for
/// again before each of them. Every step may run twice, and what is gone is noted before the next begins.
public final class PurgePack implements JobWork<PurgePack.Payload> {
    /// The job's kind; its subject is the purge: cancelling or retrying a pack must never touch it.
    public static final JobKind<Payload> KIND = JobKind.of("purge-pack", 1, Payload.class);

    /// Transient failures are tried again for about ten minutes; a lost proof never is.
    public static final RetryPolicy RETRY = PurgePack::retry;

    private static final Logger log = LoggerFactory.getLogger(PurgePack.class);
    private static final int ATTEMPTS = 8;

    /// @param purge the id of its row
    public record Payload(String purge) {}

    /// What a purge touches and remembers.
    record Rows(Database database, Packs packs, ShareLinks links, StoredVolumes volumes, PurgeRecords records) {}

    private final Rows rows;
    private final PurgePlans plans;
    private final PurgeStores stores;
    private final BucketRemoval bucketRemoval;
    private final SourceRemoval sourceRemoval;
    private final InstantSource clock;

    PurgePack(Rows rows, PurgePlans plans, PurgeStores stores, SourceRemoval sourceRemoval, InstantSource clock) {
        this.rows = rows;
        this.plans = plans;
        this.stores = stores;
        this.bucketRemoval = new BucketRemoval(clock);
        this.sourceRemoval = sourceRemoval;
        this.clock = clock;
    }

    @Override
    public void run(Payload payload, JobRun run) throws Exception {
        var purge = rows.records().find(payload.purge()).orElseThrow();
        var progress = new PurgeProgress(purge, rows.records(), clock, run);
        progress.starts();
        try {
            purgeBucket(purge, progress, run);
            purgeSource(purge, progress, run);
            progress.ends(null);
            log.atInfo().addKeyValue("pack", purge.plan().pack()).log("pack purged");
        } catch (JobInterrupted e) {
            if (e.why() == JobInterrupted.Cause.CANCELLED) progress.ends("It was cancelled.");
            throw e;
        }
    }

    @Override
    public void gaveUp(Payload payload, String sentence) {
        var purge = rows.records().find(payload.purge()).orElseThrow();
        rows.records().finished(purge, new PurgeSoFar(purge).ended(sentence));
    }

    private void purgeBucket(Purge purge, PurgeProgress progress, JobRun run)
            throws IOException, PurgeException, JobInterrupted, InterruptedException {
        var step = purge.plan().steps().bucket();
        if (step == null || isDone(purge)) return;
        run.check();
        var now = prove(purge, progress).steps().bucket();
        var pack = purge.plan().pack();
        marks(pack, run); // from now on no link to it can be made
        revokeLinks(pack, progress, run);
        if (!step.ofBox())
            bucketRemoval.remove(stores.store(rows.packs().get(pack)), step.inVersionsOf(now), progress, run);
        run.commit(() -> {
            new BoxRows(rows.database()).forget(pack);
            rows.volumes().deleted(pack);
            rows.packs().bucketPurged(pack);
        });
    }

    private void purgeSource(Purge purge, PurgeProgress progress, JobRun run)
            throws IOException, PurgeException, JobInterrupted, InterruptedException {
        var step = purge.plan().steps().source();
        if (step == null) return;
        run.check();
        prove(purge, progress);
        var changedToo = overrides(purge, Reason.SOURCE_CHANGED);
        var foreignStays = changedToo || overrides(purge, Reason.SOURCE_HAS_MORE) || overrides(purge, Reason.PARTIAL);
        var agreed = new SourceRemoval.Agreed(changedToo, foreignStays);
        sourceRemoval.remove(rows.packs().get(purge.plan().pack()), step, agreed, progress, run);
    }

    /// The world may have changed since the plan was made, or since the last step.
    ///
    /// @return the plan as it would be made now
    private PurgePlan prove(Purge purge, PurgeProgress progress)
            throws StoreException, PurgeException, InterruptedException {
        var begun = new Begun(purge.id(), progress.sourceBegun());
        var now =
                plans.again(rows.packs().get(purge.plan().pack()), purge.plan().from(), begun);
        for (var refusal : now.refusals())
            if (!overrides(purge, refusal.reason()))
                throw new PurgeException(
                        "Stopped, because things have changed since the plan was made. " + refusal.sentence(),
                        refusal.reason().mayPass());
        if (isNewTorrent(purge.plan().steps().source(), now.steps().source()))
            throw new PurgeException("Stopped: the plan does not name the torrent that is in Transmission now.", false);
        return now;
    }

    /// A send that was begun meanwhile would write what is being deleted.
    private void marks(String pack, JobRun run) throws PurgeException, JobInterrupted {
        var marked = new AtomicBoolean();
        run.commit(() -> {
            marked.set(rows.packs().purging(pack));
            if (marked.get()) PackSecrets.forget(rows.database(), pack);
        });
        if (!marked.get())
            throw new PurgeException("Stopped: the pack is being sent again. Purge it when that has ended.", false);
    }

    private void revokeLinks(String pack, PurgeProgress progress, JobRun run) throws JobInterrupted {
        for (var link : rows.links().of(pack)) {
            if (!link.live(clock.instant())) continue;
            run.commit(() -> rows.links().revoke(link.id()));
            progress.went(Kind.LINK, link.id(), 0);
        }
    }

    private boolean isDone(Purge purge) {
        return purge.plan().steps().bucket() != null
                && rows.volumes().of(purge.plan().pack()).isEmpty()
                && rows.packs().get(purge.plan().pack()).times().bucketPurged() != null;
    }

    private static boolean isNewTorrent(PurgePlan.@Nullable SourceStep planned, PurgePlan.@Nullable SourceStep now) {
        return now != null
                && now.torrent() != null
                && (planned == null
                        || planned.torrent() == null
                        || !planned.torrent().equals(now.torrent()));
    }

    private static boolean overrides(Purge purge, Reason reason) {
        return purge.overridden()
                && reason.overridable()
                && purge.plan().refusals().stream().anyMatch(refusal -> refusal.reason() == reason);
    }

    private static Optional<Duration> retry(Exception failure, int attempt) {
        var mayPass = switch (failure) {
            case StoreException e -> e.mayPass();
            case PurgeException e -> e.mayPass();
            case TransmissionException e ->
                switch (e.kind()) {
                    case UNREACHABLE, TIMEOUT, INTERRUPTED -> true;
                    case NOT_TRANSMISSION, WRONG_PASSWORD, REFUSED, FAILED, NO_SUCH_TORRENT -> false;
                };
            default -> RetryPolicy.databaseMayPass(failure);
        };
        return mayPass && attempt < ATTEMPTS ? Optional.of(RetryPolicy.backOff(attempt)) : Optional.empty();
    }
}
