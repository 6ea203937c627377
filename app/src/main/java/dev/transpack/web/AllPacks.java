package dev.transpack.web;

import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.PackState;
import dev.transpack.packing.SendPack;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What can be done to all packs at once, however few of them a page shows.
///
/// @param moving how many are on their way
/// @param resting how many are paused
/// @param failed how many failed, or wait to be tried again
public record AllPacks(long moving, long resting, long failed) {
    private static final Set<JobState> MOVING = EnumSet.of(JobState.QUEUED, JobState.RUNNING, JobState.WAITING);

    static AllPacks of(Map<PackState, Long> packs, List<Jobs.Tally> jobs) {
        return new AllPacks(
                count(jobs, MOVING),
                count(jobs, EnumSet.of(JobState.PAUSED)),
                packs.getOrDefault(PackState.FAILED, 0L) + count(jobs, EnumSet.of(JobState.WAITING)));
    }

    /// How many can be cancelled.
    public long cancellable() {
        return moving + resting;
    }

    private static long count(List<Jobs.Tally> jobs, Set<JobState> states) {
        return jobs.stream()
                .filter(each -> each.kind().equals(SendPack.KIND.name()) && states.contains(each.state()))
                .mapToLong(Jobs.Tally::count)
                .sum();
    }
}
