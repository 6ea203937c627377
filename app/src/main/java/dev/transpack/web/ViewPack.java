package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobPriority;
import dev.transpack.jobs.JobState;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.uploading.PackVolumes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A pack as pages show it: its row, what its newest job says, and what may be done with it.
///
/// @param progress while it is on its way
/// @param parts how many the destination holds, while it is on its way
/// @param can what its page offers
public record ViewPack(
        Pack pack,
        ViewPipeline pipeline,
        @Nullable ViewProgress progress,
        @Nullable Job job,
        PackVolumes.Parts parts,
        Can can) {
    /// What may be done now; `next` is the one thing that leads on, a key under `action`.
    public record Can(
            boolean cancel,
            boolean pause,
            boolean resume,
            boolean retry,
            boolean upload,
            boolean link,
            boolean home,
            boolean purge,
            String next) {}

    private static final Can PAUSED = new Can(true, false, true, false, false, true, false, false, "resume");

    static ViewPack of(Pack pack, Optional<Job> job, PackVolumes.Parts parts) {
        var paused = moving(pack.state())
                && job.filter(newest -> newest.state() == JobState.PAUSED).isPresent();
        var pipeline = ViewPipeline.of(pack);
        return new ViewPack(
                pack,
                paused ? pipeline.paused() : pipeline,
                job.filter(newest -> moving(pack.state()) && newest.progress().totalBytes() > 0)
                        .map(newest -> ViewProgress.of(newest.progress()))
                        .orElse(null),
                job.orElse(null),
                parts,
                paused ? PAUSED : can(pack));
    }

    public String id() {
        return pack.id();
    }

    public String name() {
        return pack.name();
    }

    /// Changes when more than numbers change: the page then fetches that part of itself anew.
    public String revision() {
        return revision(pack, job, parts);
    }

    /// What is known of its size: the volumes' once it is planned.
    public long bytes() {
        return pack.contents().totalBytes();
    }

    /// Why the job that sends it had to wait: it will be tried again.
    public @Nullable String waitingFor() {
        return job == null || !moving(pack.state()) || job.times().nextAttempt() == null || waitsFor() != null
                ? null
                : job.error();
    }

    /// Why no node works on it; it goes on by itself when one does.
    public @Nullable String waitsFor() {
        return job == null || !moving(pack.state()) ? null : job.waitsFor();
    }

    /// Whether it goes before or after others; null when it does not go anywhere.
    public @Nullable JobPriority priority() {
        return job == null || !moving(pack.state()) ? null : job.turn().priority();
    }

    /// Whether something is done with it in the background.
    static boolean moving(PackState state) {
        return state == PackState.SENDING || state == PackState.QUEUED;
    }

    /// The ids of those with which something is done.
    static List<String> moving(Collection<Pack> packs) {
        return packs.stream().filter(pack -> moving(pack.state())).map(Pack::id).toList();
    }

    /// The job counts only while the pack moves: lists know no other, and must agree with events.
    static String revision(Pack pack, @Nullable Job job, PackVolumes.Parts parts) {
        var times = pack.times();
        return String.join(
                ".",
                pack.state().name(),
                job == null || !moving(pack.state()) ? "" : job.kind() + ViewJob.revision(job),
                times.home() == null ? "" : "h",
                times.sourcePurged() == null ? "" : "s",
                times.bucketPurged() == null ? "" : "b",
                pack.contents().fingerprint() == null ? "" : "p",
                moving(pack.state()) ? volumes(parts) : "",
                pack.error() == null ? "" : Integer.toHexString(pack.error().hashCode()),
                pack.verified() == null ? "" : "v" + pack.verified().at().toEpochMilli());
    }

    private static String volumes(PackVolumes.Parts parts) {
        return parts.volumesDone()
                + parts.going().stream().map(volume -> "-" + volume.n()).collect(Collectors.joining());
    }

    private static Can can(Pack pack) {
        var home = pack.times().home() != null;
        var left = pack.times().sourcePurged() == null || pack.times().bucketPurged() == null;
        return switch (pack.state()) {
            case QUEUED, SENDING -> new Can(true, true, false, false, false, true, false, false, "open");
            case PLANNED -> new Can(true, false, false, false, true, false, false, false, "upload");
            case READY -> new Can(false, false, false, false, false, true, !home, true, home ? "purge" : "link");
            case FAILED -> new Can(true, false, false, true, false, false, false, false, "retry");
            case CANCELLED -> new Can(false, false, false, true, false, false, false, false, "open");
            case PURGED -> new Can(false, false, false, false, false, false, false, left, "open");
        };
    }
}
