package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.jobs.JobPriority;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackFiles;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packing;
import dev.transpack.packing.Packs;
import dev.transpack.uploading.PackVolumes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The list of packs, the page of one, and what a person does with it there.
@Controller
class PackPages {
    private static final int PAGE = 100;
    private static final int FILES = 100;
    private static final int MOST_FILES = 20_000;

    private final Packs packs;
    private final PackFiles files;
    private final Packing packing;
    private final PackVolumes volumes;
    private final PackViews views;
    private final LinkListPages links;
    private final Audit audit;

    PackPages(
            Packs packs,
            PackFiles files,
            Packing packing,
            PackVolumes volumes,
            PackViews views,
            LinkListPages links,
            Audit audit) {
        this.packs = packs;
        this.files = files;
        this.packing = packing;
        this.volumes = volumes;
        this.views = views;
        this.links = links;
        this.audit = audit;
    }

    @GetMapping("/packs")
    String list(@RequestParam(required = false) @Nullable Instant before, Model model) {
        var page = packs.newest(PAGE, before);
        model.addAttribute("packs", views.listed(page));
        model.addAttribute("all", AllPacks.of(packs.tallies(), views.tallies()));
        if (page.size() == PAGE)
            model.addAttribute("before", page.getLast().times().created());
        return "packs";
    }

    @GetMapping("/packs/{id}")
    String one(@PathVariable String id, @RequestParam(defaultValue = "" + FILES) int files, Model model) {
        var pack = find(id);
        var view = views.whole(pack);
        model.addAttribute("pack", view);
        model.addAttribute("priorities", JobPriority.values());
        model.addAttribute("moments", ViewMoment.of(pack, view.job()));
        addFiles(pack, Math.clamp(files, FILES, MOST_FILES), model);
        if (pack.contents().warnings() > 0) model.addAttribute("warnings", this.files.warnings(id));
        model.addAttribute("purges", views.purges(pack));
        model.addAttribute("verification", views.verification(pack));
        model.addAttribute("from", pack.origin().source().toString());
        model.addAttribute("to", views.destination(pack));
        addVolumes(pack, model);
        model.addAttribute("links", links.of(pack));
        model.addAttribute("lifetimes", LinkListPages.LIFETIMES);
        model.addAttribute("lifetime", LinkListPages.USUAL);
        return "pack";
    }

    @PostMapping("/packs/{id}/cancel")
    String cancel(@PathVariable String id, RedirectAttributes after) {
        return done(packing.cancel(find(id).id()), "said.cancelled", "said.cannotCancel", id, after);
    }

    @PostMapping("/packs/{id}/pause")
    String pause(@PathVariable String id, RedirectAttributes after) {
        return done(packing.pause(find(id).id()), "said.paused", "said.cannotPause", id, after);
    }

    @PostMapping("/packs/{id}/resume")
    String resume(@PathVariable String id, RedirectAttributes after) {
        return done(packing.resume(find(id).id()), "said.resumed", "said.cannotResume", id, after);
    }

    @PostMapping("/packs/{id}/priority")
    String prioritize(@PathVariable String id, @RequestParam JobPriority priority, RedirectAttributes after) {
        return done(
                packing.prioritize(find(id).id(), priority), "said.prioritized", "said.cannotPrioritize", id, after);
    }

    @PostMapping("/packs/{id}/retry")
    String retry(@PathVariable String id, RedirectAttributes after) {
        return done(packing.retry(find(id).id()), "said.retried", "said.cannotRetry", id, after);
    }

    @PostMapping("/packs/{id}/upload")
    String upload(@PathVariable String id, RedirectAttributes after) {
        return done(packing.upload(find(id).id()), "said.retried", "said.cannotUpload", id, after);
    }

    @PostMapping("/packs/{id}/home")
    String home(
            @PathVariable String id,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        var pack = find(id);
        if (pack.state() == PackState.READY) {
            packs.markHome(id, account.name());
            audit.record(account.name(), "pack-home", id + " " + pack.name(), request.getRemoteAddr());
        }
        return done(packs.get(id).times().home() != null, "said.home", "said.cannotHome", id, after);
    }

    private Pack find(String id) {
        return packs.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private void addFiles(Pack pack, int most, Model model) {
        var found = files.inArchive(pack, 0, most + 1);
        model.addAttribute("files", found.stream().limit(most).map(ViewFile::of).toList());
        if (found.size() > most && most < MOST_FILES) model.addAttribute("moreFiles", most * 10);
    }

    private void addVolumes(Pack pack, Model model) {
        var moving = ViewPack.moving(pack.state());
        var rows = volumes.list(pack.id()).stream()
                .map(volume -> ViewVolume.of(volume, moving))
                .toList();
        model.addAttribute("volumes", rows);
        model.addAttribute(
                "volumesDone", rows.stream().filter(ViewVolume::stored).count());
    }

    private static String done(boolean did, String said, String otherwise, String id, RedirectAttributes after) {
        PageModel.say(after, did ? said : otherwise, did);
        return PageModel.redirect("/packs/" + id);
    }
}
