package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The list of jobs.
@Controller
class JobPages {
    private static final int NEWEST = 100;

    private final Jobs jobs;
    private final JobSubjects subjects;

    JobPages(Jobs jobs, JobSubjects subjects) {
        this.jobs = jobs;
        this.subjects = subjects;
    }

    @GetMapping("/jobs")
    String list(Model model) {
        model.addAttribute("jobs", jobs.newest(NEWEST).stream().map(this::view).toList());
        return "jobs";
    }

    private ViewJob view(Job job) {
        var pack = subjects.pack(job);
        return new ViewJob(
                job, pack.map(Pack::name).orElse(null), pack.map(Pack::id).orElse(null));
    }
}
