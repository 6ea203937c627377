package dev.transpack.uploading;

import dev.transpack.database.Database;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.jobs.JobWork;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packs;
import dev.transpack.packing.Planning;
import dev.transpack.packing.SendPack;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plans a pack and streams it to its destination. Run again after a crash, an error or a stop it goes on where the
/// ledger ends; cancelled, it takes back what had been sent. Nothing else ever aborts an upload, but for what the `rar`
/// program makes, which begins afresh ([StagedSend]).
final class SendPackWork implements JobWork<SendPack.Payload> {
    private static final Logger log = LoggerFactory.getLogger(SendPackWork.class);

    private final PackRecords records;
    private final Planning planning;
    private final OpenDestinations destinations;
    private final UploadSettings settings;
    private final RateLimit rateLimit;
    private final StagedSend staged;
    private final BoxSend box;

    SendPackWork(
            PackRecords records,
            Planning planning,
            OpenDestinations destinations,
            UploadSettings settings,
            RateLimit rateLimit) {
        this.records = records;
        this.planning = planning;
        this.destinations = destinations;
        this.settings = settings;
        this.rateLimit = rateLimit;
        this.box = new BoxSend(records, planning, settings);
        this.staged = new StagedSend(records, planning, destinations, settings, rateLimit);
    }

    /// The rows it reads and writes.
    record PackRecords(Database database, InstantSource clock, Packs packs, PackVolumes volumes) {
        LedgerRows ledger(Pack pack, JobRun run) {
            return new LedgerRows(database, clock, pack.id(), run);
        }

        void sealed(Pack pack, SealedPack sealed) {
            var manifest = new Pack.Manifest(sealed.manifest().value(), sealed.version(), sealed.sha256());
            packs.sealed(pack.id(), sealed.grade(), manifest);
            volumes.forgetParts(pack.id());
        }

        /// Lays a pack down, unless it does not fit.
        ///
        /// @throws StoreException REFUSED in a sentence with the remedy, if it does not
        void laid(Pack pack, DestinationSettings there, long bytes, JobRun run, Runnable rows)
                throws StoreException, JobInterrupted {
            var problem = new AtomicReference<@Nullable String>();
            run.commit(() -> {
                problem.set(new BucketUse(database).problem(pack, there, bytes).orElse(null));
                if (problem.get() == null) rows.run();
            });
            var sentence = problem.get();
            if (sentence != null) throw new StoreException(StoreException.Kind.REFUSED, sentence);
        }

        /// Takes back what was sent, as long as the run has the job. A pack of which nothing was sent needs no
        /// destination.
        void remove(Pack pack, OpenDestinations destinations, JobRun run)
                throws IOException, InterruptedException, JobInterrupted {
            var ledger = ledger(pack, run);
            if (ledger.volumes().isEmpty()) return;
            try {
                new UploadRemoval(destinations.store(pack)).remove(pack.id(), ledger);
            } catch (RunEnded e) {
                throw e.why();
            }
        }

        BoxRows boxes() {
            return new BoxRows(database);
        }

        void takenBack(Pack pack) {
            database.inTransaction(() -> {
                volumes.clear(pack.id());
                packs.cancelled(pack.id());
            });
        }
    }

    @Override
    public void run(SendPack.Payload payload, JobRun run) throws Exception {
        var pack = records.packs().get(payload.pack());
        if (pack.state() == PackState.READY || pack.state() == PackState.PURGED) return;
        try {
            run.check();
            if (pack.onBox()) box.send(pack, payload.upload(), run);
            else if (planning.isOfRar(pack)) staged.send(pack, payload.upload(), run);
            else send(pack, payload.upload(), run);
        } catch (JobInterrupted e) {
            if (e.why() == JobInterrupted.Cause.CANCELLED) takeBack(pack, run);
            throw e;
        }
    }

    @Override
    public void gaveUp(SendPack.Payload payload, String sentence) {
        records.packs().failed(payload.pack(), sentence);
    }

    private void send(Pack pack, boolean upload, JobRun run) throws IOException, InterruptedException, JobInterrupted {
        var plan = Watched.call("plan-" + pack.id(), () -> planning.plan(pack), run::check);
        var files = pack.request().form().withRecovery(plan);
        run.commit(() -> planning.remember(pack, files));
        if (!upload) {
            run.commitLast(() -> records.packs().planned(pack.id()));
            return;
        }
        var destination = destinations.destination(pack);
        var outgoing = laid(pack, files, run);
        var sealed = sent(new PackUpload(outgoing, destination, records.ledger(pack, run), settings, rateLimit), run);
        run.commitLast(() -> {
            records.sealed(pack, sealed);
            planning.forgetPassword(pack);
        });
        log.atInfo()
                .addKeyValue("pack", pack.id())
                .addKeyValue("bytes", files.length())
                .addKeyValue("grade", sealed.grade())
                .log("pack sealed");
    }

    private OutgoingPack laid(Pack pack, RecoveryPlan files, JobRun run) throws IOException, JobInterrupted {
        var destination = destinations.settings(pack);
        var asked = settings.partSizeFor(files.plan());
        records.laid(pack, destination, files.length(), run, () -> {
            records.volumes().lay(pack.id(), files, destination, asked);
            records.packs().sending(pack.id());
        });
        var partSize = records.volumes().partSize(pack.id()).orElseThrow();
        return new OutgoingPack(pack.id(), planning.nameOutside(pack), files, partSize, "transpack");
    }

    private static SealedPack sent(PackUpload upload, JobRun run)
            throws IOException, InterruptedException, JobInterrupted {
        try {
            return upload.run(progress -> run.progress(progress.bytes(), progress.totalBytes()));
        } catch (RunEnded e) {
            throw e.why();
        }
    }

    private void takeBack(Pack pack, JobRun run) throws IOException, InterruptedException, JobInterrupted {
        // Whoever has the job now may have begun to stage. This asks for that alone: the wish to cancel is known.
        run.commit(() -> {});
        staged.forget(pack);
        if (!pack.onBox()) records.remove(pack, destinations, run);
        run.commit(() -> records.takenBack(pack));
    }
}
