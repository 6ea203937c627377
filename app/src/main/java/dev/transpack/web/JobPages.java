package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.uploading.RateKeeper;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The list of jobs, the nodes that do them, and how fast uploads may be.
@Controller
class JobPages {
    private static final int PAGE = 100;

    private final Jobs jobs;
    private final JobSubjects subjects;
    private final NodeList nodes;
    private final RateKeeper rates;

    JobPages(Jobs jobs, JobSubjects subjects, NodeList nodes, RateKeeper rates) {
        this.jobs = jobs;
        this.subjects = subjects;
        this.nodes = nodes;
        this.rates = rates;
    }

    @GetMapping("/jobs")
    String list(@RequestParam(required = false) @Nullable Instant before, Model model) {
        var page = before == null ? jobs.newest(PAGE) : jobs.older(null, before, "", PAGE);
        model.addAttribute("jobs", views(page));
        model.addAttribute("limit", ViewLimit.of(rates.inForce()));
        if (before == null)
            model.addAttribute("nodes", nodes.all().stream().map(ViewNode::of).toList());
        if (page.size() == PAGE)
            model.addAttribute("before", page.getLast().times().created());
        return "jobs";
    }

    private List<ViewJob> views(List<Job> page) {
        var packs = subjects.packs(page);
        return page.stream().map(job -> view(job, packs.get(job.subject()))).toList();
    }

    private static ViewJob view(Job job, @Nullable Pack pack) {
        return pack == null ? new ViewJob(job, null, null) : new ViewJob(job, pack.name(), pack.id());
    }
}
