package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.purging.PurgeAnswer;
import dev.transpack.purging.PurgeFrom;
import dev.transpack.purging.PurgeOverride;
import dev.transpack.purging.PurgePlans;
import dev.transpack.purging.PurgeRefusal;
import dev.transpack.purging.PurgeSummary;
import dev.transpack.purging.Purges;
import dev.transpack.uploading.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

/// The plan of a purge, shown before anything happens, and having it done.
@Controller
class PurgePages {
    private final Packs packs;
    private final PurgePlans plans;
    private final Purges purges;
    private final Audit audit;

    PurgePages(Packs packs, PurgePlans plans, Purges purges, Audit audit) {
        this.packs = packs;
        this.plans = plans;
        this.purges = purges;
        this.audit = audit;
    }

    @GetMapping("/packs/{id}/purge")
    String plan(@PathVariable String id, @RequestParam(required = false) @Nullable List<String> from, Model model)
            throws InterruptedException {
        var pack = find(id);
        var wanted = from == null ? usual(pack) : chosen(from);
        model.addAttribute("wanted", names(wanted));
        model.addAttribute("pack", pack);
        if (wanted.isEmpty()) return "purge";
        try {
            model.addAttribute("plan", plans.plan(pack, wanted));
        } catch (StoreException e) {
            model.addAttribute("problem", e.getMessage());
        }
        return "purge";
    }

    @PostMapping("/packs/{id}/purge")
    String purge(
            @PathVariable String id,
            @RequestParam List<String> from,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable List<String> shown,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            Model model,
            RedirectAttributes after,
            HttpServletResponse response)
            throws InterruptedException {
        var pack = find(id);
        if (chosen(from).isEmpty()) return PageModel.redirect("/packs/" + id + "/purge");
        try {
            var override = account.isAdministrator() ? override(name, shown) : null;
            return switch (purges.purge(pack, chosen(from), override, account.name())) {
                case PurgeAnswer.Accepted _ -> {
                    audit.record(account.name(), "purge-asked", id + " " + pack.name(), request.getRemoteAddr());
                    yield begun(id, after);
                }
                case PurgeAnswer.Refused refused -> {
                    if (name != null && !account.isAdministrator()) response.setStatus(HttpStatus.FORBIDDEN.value());
                    yield refused(pack, refused, name, model);
                }
            };
        } catch (StoreException e) {
            PageModel.complain(after, String.valueOf(e.getMessage()));
            return PageModel.redirect("/packs/" + id + "/purge");
        }
    }

    @PostMapping("/packs/{id}/purge/retry")
    String retry(
            @PathVariable String id,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        var pack = find(id);
        var overridden = purges.newest(id).filter(PurgeSummary::overridden).isPresent();
        var did = (account.isAdministrator() || !overridden) && purges.retry(id);
        if (did) audit.record(account.name(), "purge-retried", id + " " + pack.name(), request.getRemoteAddr());
        PageModel.say(after, did ? "said.purging" : "said.cannotRetryPurge", did);
        return PageModel.redirect("/packs/" + id);
    }

    @PostMapping("/packs/{id}/purge/cancel")
    String cancel(
            @PathVariable String id,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        var pack = find(id);
        var did = purges.cancel(id);
        if (did) audit.record(account.name(), "purge-cancelled", id + " " + pack.name(), request.getRemoteAddr());
        PageModel.say(after, did ? "said.purgeCancelled" : "said.cannotCancel", did);
        return PageModel.redirect("/packs/" + id);
    }

    private static String begun(String id, RedirectAttributes after) {
        PageModel.say(after, "said.purging", true);
        return PageModel.redirect("/packs/" + id);
    }

    private static String refused(Pack pack, PurgeAnswer.Refused refused, @Nullable String typed, Model model) {
        var plan = refused.plan();
        model.addAttribute("pack", pack);
        refused.news().ifPresent(news -> model.addAttribute("problem", news));
        model.addAttribute("wanted", names(plan.from()));
        model.addAttribute("mistyped", typed != null && !typed.equals(pack.name()));
        model.addAttribute("plan", plan);
        return "purge";
    }

    /// What a person most likely wants: everything when it is home, else only what makes room here.
    private static Set<PurgeFrom> usual(Pack pack) {
        var wanted = EnumSet.noneOf(PurgeFrom.class);
        if (pack.times().sourcePurged() == null) {
            wanted.add(PurgeFrom.DISK);
            if (pack.origin().infoHash() != null) wanted.add(PurgeFrom.TORRENT);
        }
        var bucketLeft = pack.times().bucketPurged() == null;
        if (bucketLeft && (pack.times().home() != null || wanted.isEmpty())) wanted.add(PurgeFrom.BUCKET);
        return wanted;
    }

    /// A plan that was shown as allowed is one that was shown without refusals.
    private static PurgeOverride override(@Nullable String name, @Nullable List<String> shown) {
        var reasons = EnumSet.noneOf(PurgeRefusal.Reason.class);
        for (var each : PurgeRefusal.Reason.values())
            if (shown != null && shown.contains(each.name())) reasons.add(each);
        return new PurgeOverride(name == null ? "" : name, reasons);
    }

    /// Words that are none of ours choose nothing.
    private static Set<PurgeFrom> chosen(List<String> words) {
        var chosen = EnumSet.noneOf(PurgeFrom.class);
        for (var each : PurgeFrom.values()) if (words.contains(word(each))) chosen.add(each);
        return chosen;
    }

    private static List<String> names(Set<PurgeFrom> from) {
        return from.stream().map(PurgePages::word).toList();
    }

    private static String word(PurgeFrom from) {
        return from.name().toLowerCase(Locale.ROOT);
    }

    private Pack find(String id) {
        return packs.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
