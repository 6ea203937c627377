package dev.transpack.uploading;

import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.librar.RarPlan;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Planning;
import dev.transpack.packing.RarTool;
import dev.transpack.uploading.SendPackWork.PackRecords;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of [SendPackWork] for packs that the `rar` program makes. What an earlier run had sent is taken back first:
/// the program makes other volumes each time.
final class StagedSend {
    private static final Logger log = LoggerFactory.getLogger(StagedSend.class);

    private final PackRecords records;
    private final Planning planning;
    private final OpenDestinations destinations;
    private final RarTool rar;
    private final UploadSettings settings;
    private final RateLimit rateLimit;

    StagedSend(
            PackRecords records,
            Planning planning,
            OpenDestinations destinations,
            UploadSettings settings,
            RateLimit rateLimit) {
        this.records = records;
        this.planning = planning;
        this.destinations = destinations;
        this.rar = planning.rar();
        this.settings = settings;
        this.rateLimit = rateLimit;
    }

    /// @param upload false lays the pack out only
    void send(Pack pack, boolean upload, JobRun run) throws IOException, InterruptedException, JobInterrupted {
        var plan = Watched.call("plan-" + pack.id(), () -> planning.rarPlan(pack), run::check);
        run.commit(() -> planning.remember(pack, plan));
        if (!upload) {
            run.commitLast(() -> records.packs().planned(pack.id()));
            return;
        }
        var destination = destinations.destination(pack);
        var secret = planning.secret(pack);
        var staged = new StagedPack(
                pack.id(),
                planning.nameOutside(pack),
                plan,
                secret == null ? null : secret.password(),
                StagedPack.partSize(plan, settings),
                "transpack");
        beginAfresh(pack, plan, run);
        seal(pack, upload(staged, destination, records.ledger(pack, run)), run);
    }

    /// Removes what lies on the disk of a pack that is not wanted any more.
    void forget(Pack pack) throws IOException {
        rar.staging().remove(pack.id());
    }

    /// How large its volumes become the program tells at the end: nearly as large as the files.
    private void beginAfresh(Pack pack, RarPlan plan, JobRun run)
            throws IOException, InterruptedException, JobInterrupted {
        var there = destinations.settings(pack);
        run.check();
        records.remove(pack, destinations, run);
        records.laid(pack, there, plan.sourceBytes(), run, () -> {
            records.volumes().clear(pack.id());
            records.volumes().begin(pack.id(), there);
            records.packs().sending(pack.id());
        });
    }

    private StagedUpload upload(StagedPack staged, Destination destination, LedgerRows ledger) {
        var target = new StagedUpload.Target(
                destination, ledger, (volume, key) -> ledger.add(volume, key, staged.partSize()));
        return new StagedUpload(staged, rar, target, settings, rateLimit);
    }

    private void seal(Pack pack, StagedUpload upload, JobRun run)
            throws IOException, InterruptedException, JobInterrupted {
        var sealed = sent(upload, run);
        var bytes = upload.totalBytes();
        run.progress(bytes, bytes);
        run.commitLast(() -> {
            records.packs().measured(pack.id(), bytes);
            records.sealed(pack, sealed);
            planning.forgetPassword(pack);
        });
        log.atInfo()
                .addKeyValue("pack", pack.id())
                .addKeyValue("bytes", bytes)
                .addKeyValue("grade", sealed.grade())
                .log("pack sealed");
    }

    private static SealedPack sent(StagedUpload upload, JobRun run)
            throws IOException, InterruptedException, JobInterrupted {
        try {
            return upload.run(progress -> run.progress(progress.bytes(), progress.totalBytes()));
        } catch (RunEnded e) {
            throw e.why();
        }
    }
}
