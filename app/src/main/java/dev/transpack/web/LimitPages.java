package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.uploading.RateKeeper;
import dev.transpack.uploading.RateRules;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What a person says on the jobs page about how fast uploads may be.
@Controller
class LimitPages {
    private static final String BACK = "/jobs";

    private final RateKeeper keeper;
    private final Audit audit;

    LimitPages(RateKeeper keeper, Audit audit) {
        this.keeper = keeper;
        this.audit = audit;
    }

    @PostMapping("/jobs/limit")
    String set(
            @RequestParam(defaultValue = "none") String limit,
            @RequestParam(defaultValue = "") String timetable,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        try {
            var entries = timetable.lines().filter(line -> !line.isBlank()).toList();
            var rules = RateRules.parse(limit.isBlank() ? "none" : limit, entries);
            keeper.set(rules, account.name());
            audit.record(account.name(), "limit-set", rules.toString(), request.getRemoteAddr());
            PageModel.say(after, "said.limit", true);
        } catch (IllegalArgumentException e) {
            PageModel.complain(after, e.getMessage() + ".");
            after.addFlashAttribute("typedLimit", limit);
            after.addFlashAttribute("typedTimetable", timetable);
        }
        return PageModel.redirect(BACK);
    }

    @PostMapping("/jobs/limit/settings")
    String forget(@AuthenticationPrincipal Account account, HttpServletRequest request, RedirectAttributes after) {
        if (keeper.forget()) audit.record(account.name(), "limit-forgotten", "", request.getRemoteAddr());
        PageModel.say(after, "said.limit", true);
        return PageModel.redirect(BACK);
    }
}
