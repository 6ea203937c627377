package dev.transpack.uploading;

import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Planning;
import dev.transpack.uploading.SendPackWork.PackRecords;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of [SendPackWork] for packs that stay where they are: every byte is read once for its checksums, none is
/// copied. Run again after a crash it goes on where the ledger ends.
final class BoxSend {
    private static final Logger log = LoggerFactory.getLogger(BoxSend.class);

    private final PackRecords records;
    private final Planning planning;
    private final UploadSettings settings;

    BoxSend(PackRecords records, Planning planning, UploadSettings settings) {
        this.records = records;
        this.planning = planning;
        this.settings = settings;
    }

    /// @param upload false lays the pack out only
    void send(Pack pack, boolean upload, JobRun run) throws IOException, InterruptedException, JobInterrupted {
        var plan = Watched.call("plan-" + pack.id(), () -> planning.plan(pack), run::check);
        run.commit(() -> planning.remember(pack, RecoveryPlan.none(plan)));
        if (!upload) {
            run.commitLast(() -> records.packs().planned(pack.id()));
            return;
        }
        var outgoing = laid(pack, plan, run);
        var read = read(new BoxReading(outgoing, records.ledger(pack, run), settings.readers(plan)), outgoing, run);
        run.commitLast(() -> {
            records.boxes()
                    .insert(
                            pack.id(),
                            read.checksums().toBytes(),
                            read.manifest().toJson());
            records.packs().served(pack.id());
            records.volumes().forgetParts(pack.id());
        });
        log.atInfo()
                .addKeyValue("pack", pack.id())
                .addKeyValue("bytes", plan.length())
                .log("pack is served from its source");
    }

    private OutgoingPack laid(Pack pack, ArchivePlan plan, JobRun run) throws IOException, JobInterrupted {
        var asked = settings.partSizeFor(plan);
        run.commit(() -> {
            records.volumes().lay(pack.id(), plan, asked);
            records.packs().sending(pack.id());
        });
        var partSize = records.volumes().partSize(pack.id()).orElseThrow();
        return new OutgoingPack(pack.id(), planning.nameOutside(pack), plan, partSize, "transpack");
    }

    private static BoxReading.Read read(BoxReading reading, OutgoingPack pack, JobRun run)
            throws IOException, InterruptedException, JobInterrupted {
        try {
            var total = pack.plan().length();
            return Watched.call("read-" + pack.id(), reading::run, () -> run.progress(reading.bytes(), total));
        } catch (RunEnded e) {
            throw e.why();
        }
    }
}
