package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.packing.Pack;
import dev.transpack.uploading.PackVolumes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that whoever watches is told about, as it is at the moment. Two that are equal need no telling.
sealed interface EventsItem {
    /// Unlike every other thing's.
    String key();

    /// What kind of event tells it.
    String event();

    /// A pack. Sizes in bytes; `sending` are its volumes that go up; `revision` changes when more than numbers change.
    record PackNow(
            String id,
            String name,
            String state,
            @Nullable String error,
            long doneBytes,
            long totalBytes,
            long bytesPerSecond,
            @Nullable Long etaSeconds,
            long partsDone,
            long partsTotal,
            List<PackVolumes.Going> sending,
            @Nullable Instant sealedAt,
            @Nullable Instant homeAt,
            String revision)
            implements EventsItem {

        static PackNow of(Pack pack, @Nullable Job job, PackVolumes.Parts parts) {
            var progress = job == null || !ViewPack.moving(pack.state()) ? new Job.Progress(0, 0, 0) : job.progress();
            return new PackNow(
                    pack.id(),
                    pack.name(),
                    pack.state().name(),
                    pack.error(),
                    progress.doneBytes(),
                    progress.totalBytes(),
                    progress.bytesPerSecond(),
                    progress.eta().map(Duration::toSeconds).orElse(null),
                    parts.done(),
                    parts.total(),
                    parts.going(),
                    pack.times().sealed(),
                    pack.times().home(),
                    ViewPack.revision(pack, job, parts));
        }

        @Override
        public String key() {
            return "pack:" + id;
        }

        @Override
        public String event() {
            return "pack";
        }
    }

    /// A job.
    record JobNow(
            String id,
            String kind,
            String subject,
            String state,
            @Nullable String error,
            long doneBytes,
            long totalBytes,
            long bytesPerSecond,
            @Nullable Long etaSeconds,
            String revision)
            implements EventsItem {

        static JobNow of(Job job) {
            var progress = job.progress();
            return new JobNow(
                    job.id(),
                    job.kind(),
                    job.subject(),
                    job.state().name(),
                    job.error(),
                    progress.doneBytes(),
                    progress.totalBytes(),
                    progress.bytesPerSecond(),
                    progress.eta().map(Duration::toSeconds).orElse(null),
                    ViewJob.revision(job));
        }

        @Override
        public String key() {
            return "job:" + id;
        }

        @Override
        public String event() {
            return "job";
        }
    }
}
