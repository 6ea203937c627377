package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgeRecords;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What jobs work on.
@Component
class JobSubjects {
    private final Packs packs;
    private final PurgeRecords purges;

    JobSubjects(Packs packs, PurgeRecords purges) {
        this.packs = packs;
        this.purges = purges;
    }

    /// Its pack, if it has one. A purge's job works on the purge, which names its pack.
    Optional<Pack> pack(Job job) {
        return packs.find(job.subject()).or(() -> purges.pack(job.subject()).flatMap(packs::find));
    }
}
