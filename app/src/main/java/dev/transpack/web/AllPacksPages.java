package dev.transpack.web;

import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Packing;
import dev.transpack.packing.Packs;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What a person does with all packs at once. Cancelling has a page of its own that asks, also without scripts.
@Controller
class AllPacksPages {
    private final Packing packing;
    private final Packs packs;
    private final Jobs jobs;

    AllPacksPages(Packing packing, Packs packs, Jobs jobs) {
        this.packing = packing;
        this.packs = packs;
        this.jobs = jobs;
    }

    @PostMapping("/packs/pause")
    String pause(RedirectAttributes after) {
        return done(packing.pauseAll() > 0, "said.pausedAll", "said.cannotPauseAll", after);
    }

    @PostMapping("/packs/resume")
    String resume(RedirectAttributes after) {
        return done(packing.resumeAll() > 0, "said.resumedAll", "said.cannotResumeAll", after);
    }

    /// Asks first.
    @GetMapping("/packs/cancel")
    String ask(Model model) {
        model.addAttribute("all", AllPacks.of(packs.tallies(), jobs.tallies()));
        return "cancel";
    }

    @PostMapping("/packs/cancel")
    String cancel(RedirectAttributes after) {
        return done(packing.cancelAll() > 0, "said.cancelledAll", "said.cannotPauseAll", after);
    }

    @PostMapping("/packs/retry")
    String retry(RedirectAttributes after) {
        return done(packing.retryAll() > 0, "said.retriedAll", "said.cannotRetryAll", after);
    }

    private static String done(boolean did, String said, String otherwise, RedirectAttributes after) {
        PageModel.say(after, did ? said : otherwise, did);
        return PageModel.redirect("/packs");
    }
}
