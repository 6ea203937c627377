package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The list of jobs.
@Controller
class JobPages {
    private static final int NEWEST = 100;

    private final Jobs jobs;
    private final Packs packs;

    JobPages(Jobs jobs, Packs packs) {
        this.jobs = jobs;
        this.packs = packs;
    }

    @GetMapping("/jobs")
    String list(Model model) {
        var newest = jobs.newest(NEWEST);
        var names = newest.stream()
                .map(Job::subject)
                .distinct()
                .flatMap(subject -> packs.find(subject).stream())
                .collect(Collectors.toMap(Pack::id, Pack::name));
        model.addAttribute(
                "jobs",
                newest.stream()
                        .map(job -> new ViewJob(job, names.get(job.subject())))
                        .toList());
        return "jobs";
    }
}
