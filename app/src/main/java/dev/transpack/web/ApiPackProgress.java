package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.uploading.PackVolumes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts a pack together with how far it is: its rows, its parts, and the job that works on it.
@Component
class ApiPackProgress {
    private final Jobs jobs;
    private final PackVolumes volumes;

    ApiPackProgress(Jobs jobs, PackVolumes volumes) {
        this.jobs = jobs;
        this.volumes = volumes;
    }

    ApiPackView view(Pack pack) {
        return ApiPackView.of(
                pack,
                ViewPack.moving(pack.state())
                        ? jobs.latest(pack.id()).map(job -> progress(pack, job)).orElse(null)
                        : null);
    }

    private ApiPackView.Progress progress(Pack pack, Job job) {
        var parts = volumes.parts(pack.id());
        return new ApiPackView.Progress(
                job.kind(),
                ApiWords.of(job.state()),
                job.progress().doneBytes(),
                pack.contents().totalBytes(),
                job.progress().bytesPerSecond(),
                job.progress().eta().map(Duration::toSeconds).orElse(null),
                parts.done(),
                parts.total(),
                waitsFor(job),
                job.times().nextAttempt());
    }

    private static @Nullable String waitsFor(Job job) {
        return job.times().nextAttempt() == null ? null : job.error();
    }
}
