package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.uploading.PackVolumes;
import dev.transpack.verifying.Verifications;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/// Puts a pack together with how far it is: its rows, its parts, and the job that works on it.
@Component
class ApiPackProgress {
    private final Jobs jobs;
    private final PackVolumes volumes;
    private final Verifications verifications;

    ApiPackProgress(Jobs jobs, PackVolumes volumes, Verifications verifications) {
        this.jobs = jobs;
        this.volumes = volumes;
        this.verifications = verifications;
    }

    ApiPackView view(Pack pack) {
        return views(List.of(pack)).getFirst();
    }

    /// Packs in their order: only those that move or may be verified are looked up further, all at once.
    List<ApiPackView> views(List<Pack> packs) {
        var moving = ViewPack.moving(packs);
        var latest = jobs.latest(moving);
        var verified = verifications.newest(ready(packs));
        var parts = volumes.parts(moving);
        return packs.stream()
                .map(pack -> {
                    var job = latest.get(pack.id());
                    var sent = parts.getOrDefault(pack.id(), PackVolumes.Parts.NONE);
                    var verification = verified.get(pack.id());
                    return ApiPackView.of(
                            pack,
                            verification == null ? null : ApiPackView.Verification.of(verification),
                            job == null ? null : progress(pack, job, sent));
                })
                .toList();
    }

    private static List<String> ready(List<Pack> packs) {
        return packs.stream()
                .filter(pack -> pack.state() == PackState.READY)
                .map(Pack::id)
                .toList();
    }

    private static ApiPackView.Progress progress(Pack pack, Job job, PackVolumes.Parts parts) {
        return new ApiPackView.Progress(
                job.kind(),
                ApiWords.of(job.state()),
                ApiWords.of(job.turn().priority()),
                job.turn().node(),
                job.progress().doneBytes(),
                pack.contents().totalBytes(),
                job.progress().bytesPerSecond(),
                job.progress().eta().map(Duration::toSeconds).orElse(null),
                parts.done(),
                parts.total(),
                ApiPackView.whyNobody(job),
                ApiPackView.nextAttempt(job));
    }
}
