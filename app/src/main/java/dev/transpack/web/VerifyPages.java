package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.verifying.Verifications;
import dev.transpack.verifying.VerifyAnswer;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The buttons of a pack's page that have it verified. What comes of it stands on that page.
@Controller
class VerifyPages {
    private final Packs packs;
    private final Verifications verifications;
    private final Audit audit;

    VerifyPages(Packs packs, Verifications verifications, Audit audit) {
        this.packs = packs;
        this.verifications = verifications;
        this.audit = audit;
    }

    @PostMapping("/packs/{id}/verify")
    String verify(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean quick,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        var pack = find(id);
        switch (verifications.verify(id, quick, account.name())) {
            case VerifyAnswer.Accepted _ -> {
                audit.record(account.name(), "verify-asked", id + " " + pack.name(), request.getRemoteAddr());
                PageModel.say(after, "said.verifying", true);
            }
            case VerifyAnswer.Refused(var why) -> PageModel.complain(after, why);
        }
        return PageModel.redirect("/packs/" + id);
    }

    @PostMapping("/packs/{id}/verify/cancel")
    String cancel(
            @PathVariable String id,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        var pack = find(id);
        var done = verifications.cancel(id);
        if (done) audit.record(account.name(), "verify-cancelled", id + " " + pack.name(), request.getRemoteAddr());
        PageModel.say(after, done ? "said.verifyCancelled" : "said.cannotCancelVerify", done);
        return PageModel.redirect("/packs/" + id);
    }

    private Pack find(String id) {
        return packs.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
