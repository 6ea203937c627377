package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgeRecords;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The list of jobs.
@Controller
class JobPages {
    private static final int NEWEST = 100;

    private final Jobs jobs;
    private final Packs packs;
    private final PurgeRecords purges;

    JobPages(Jobs jobs, Packs packs, PurgeRecords purges) {
        this.jobs = jobs;
        this.packs = packs;
        this.purges = purges;
    }

    @GetMapping("/jobs")
    String list(Model model) {
        model.addAttribute("jobs", jobs.newest(NEWEST).stream().map(this::view).toList());
        return "jobs";
    }

    /// A purge's job works on the purge, which names its pack.
    private ViewJob view(Job job) {
        var pack = packs.find(job.subject()).or(() -> purges.pack(job.subject()).flatMap(packs::find));
        return new ViewJob(
                job, pack.map(Pack::name).orElse(null), pack.map(Pack::id).orElse(null));
    }
}
