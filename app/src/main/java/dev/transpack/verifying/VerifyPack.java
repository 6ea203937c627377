package dev.transpack.verifying;

import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobKind;
import dev.transpack.jobs.JobRun;
import dev.transpack.jobs.JobWork;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Pack.Verified.How;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.BoxPacks;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.uploading.PackVolumes;
import dev.transpack.uploading.Retries;
import dev.transpack.uploading.StoreException;
import dev.transpack.uploading.Stores;
import dev.transpack.uploading.Watched;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The job that looks at a pack again and notes on it what it found. Run again after a crash, an error or a stop, it
/// looks at every object again and goes on reading behind what was read. It ends at the first thing that is wrong.
public final class VerifyPack implements JobWork<VerifyPack.Payload> {
    /// The job's kind. Its subject is the pack's id: nothing else works on a pack that is ready.
    public static final JobKind<Payload> KIND = JobKind.of("verify-pack", 1, Payload.class);

    private static final Logger log = LoggerFactory.getLogger(VerifyPack.class);

    /// @param quick whether sizes and samples are enough
    /// @param by who asked for it
    public record Payload(String pack, boolean quick, String by) {}

    /// What our rows know of packs and of where they are.
    record Rows(Packs packs, StoredVolumes stored, PackVolumes volumes, Jobs jobs) {}

    private final Rows rows;
    private final Stores stores;
    private final BoxPacks boxes;
    private final Retries retries;
    private final InstantSource clock;

    VerifyPack(Rows rows, Stores stores, BoxPacks boxes, Retries retries, InstantSource clock) {
        this.rows = rows;
        this.stores = stores;
        this.boxes = boxes;
        this.retries = retries;
        this.clock = clock;
    }

    @Override
    public void run(Payload payload, JobRun run) throws Exception {
        var pack = rows.packs().get(payload.pack());
        if (pack.state() != PackState.READY) return; // purged meanwhile: there is nothing to look at
        var how = payload.quick() ? How.QUICK : How.FULL;
        var progress = new CheckProgress(read(pack), pack.contents().totalBytes());
        run.progress(progress.done(), progress.total());
        var damage = damage(pack, how, progress, run);
        run.commitLast(() -> note(pack, new Pack.Verified(clock.instant(), how, payload.by(), damage)));
        log.atInfo()
                .addKeyValue("pack", pack.id())
                .addKeyValue("how", how)
                .addKeyValue("damage", damage)
                .log("pack verified");
    }

    /// What an earlier run of this job has read; asked before this run notes anything.
    private long read(Pack pack) {
        var job = rows.jobs().latest(KIND, List.of(pack.id())).get(pack.id());
        return job == null ? 0 : job.progress().doneBytes();
    }

    private @Nullable String damage(Pack pack, How how, CheckProgress progress, JobRun run)
            throws IOException, InterruptedException, JobInterrupted {
        try {
            var check = check(pack, how, progress);
            Watched.call(
                    "verify-" + pack.id(),
                    () -> {
                        check.run();
                        return check;
                    },
                    () -> run.progress(progress.done(), progress.total()));
            return null;
        } catch (DamagedException e) {
            return e.getMessage();
        }
    }

    private PackCheck check(Pack pack, How how, CheckProgress progress) throws StoreException, DamagedException {
        var volumes = rows.stored().of(pack.id());
        if (pack.onBox()) return new BoxCheck(pack, volumes, boxes, how, progress);
        var manifest = rows.packs()
                .manifest(pack.id())
                .orElseThrow(() -> new DamagedException("Nobody noted which manifest seals the pack."));
        return new BucketCheck(new BucketCheck.Copy(volumes, manifest, stores.store(pack)), retries, how, progress);
    }

    /// Of an older pack nobody can say that the manifest in the bucket is ours.
    private boolean isManifestKnown(Pack pack) {
        return rows.packs().manifest(pack.id()).map(Pack.Manifest::sha256).isPresent();
    }

    private void note(Pack pack, Pack.Verified verified) {
        var noted = rows.packs().verified(pack.id(), verified);
        if (!noted || verified.damage() != null) return;
        if (pack.onBox()) rows.packs().broken(pack.id(), null); // all of it can be fetched again
        else if (verified.how() == How.FULL && isManifestKnown(pack))
            rows.volumes().proven(pack.id());
    }
}
