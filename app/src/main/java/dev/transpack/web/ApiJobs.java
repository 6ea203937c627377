package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/jobs`: background work, the newest first.
@RestController
@RequestMapping("/api/v1/jobs")
class ApiJobs {
    private final Jobs jobs;
    private final JobSubjects subjects;

    ApiJobs(Jobs jobs, JobSubjects subjects) {
        this.jobs = jobs;
        this.subjects = subjects;
    }

    @GetMapping
    ApiPage<ApiJobView> list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String state) {
        var from = ApiCursor.parse(cursor);
        var found = jobs.older(
                ApiWords.parse("state", state, JobState.class), from.than(), from.id(), ApiPage.limit(limit));
        return ApiPage.of(
                found, views(found), limit, job -> new ApiCursor(job.times().created(), job.id()));
    }

    private List<ApiJobView> views(List<Job> shown) {
        var packs = subjects.packs(shown);
        return shown.stream().map(job -> view(job, packs.get(job.subject()))).toList();
    }

    private static ApiJobView view(Job job, @Nullable Pack pack) {
        return ApiJobView.of(job, pack == null ? null : pack.name());
    }
}
