package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgeRecords;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The list of jobs.
@Controller
class JobPages {
    private static final int PAGE = 100;

    private final Jobs jobs;
    private final Packs packs;
    private final PurgeRecords purges;

    JobPages(Jobs jobs, Packs packs, PurgeRecords purges) {
        this.jobs = jobs;
        this.packs = packs;
        this.purges = purges;
    }

    @GetMapping("/jobs")
    String list(@RequestParam(required = false) @Nullable Instant before, Model model) {
        var page = before == null ? jobs.newest(PAGE) : jobs.older(null, before, "", PAGE);
        model.addAttribute("jobs", views(page));
        if (page.size() == PAGE)
            model.addAttribute("before", page.getLast().times().created());
        return "jobs";
    }

    /// A purge's job works on the purge, which names its pack.
    private List<ViewJob> views(List<Job> page) {
        var subjects = page.stream().map(Job::subject).collect(Collectors.toSet());
        var purged = purges.packs(subjects);
        subjects.addAll(purged.values());
        var found = packs.find(subjects);
        return page.stream()
                .map(job -> view(job, found.get(purged.getOrDefault(job.subject(), job.subject()))))
                .toList();
    }

    private static ViewJob view(Job job, @Nullable Pack pack) {
        return pack == null ? new ViewJob(job, null, null) : new ViewJob(job, pack.name(), pack.id());
    }
}
