package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgeRecords;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
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

    /// The packs of jobs by the jobs' subjects; a job that has none is left out. A purge's job works on the purge,
    /// which names its pack.
    Map<String, Pack> packs(Collection<Job> jobs) {
        var subjects = jobs.stream().map(Job::subject).collect(Collectors.toSet());
        var purged = purges.packs(subjects);
        subjects.addAll(purged.values());
        var found = new HashMap<>(packs.find(subjects));
        purged.forEach((purge, pack) -> {
            if (found.containsKey(pack)) found.put(purge, found.get(pack));
        });
        return found;
    }
}
