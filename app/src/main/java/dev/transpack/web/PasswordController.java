package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.AccountChange;
import dev.transpack.accounts.Accounts;
import dev.transpack.settings.Secret;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Changing one's own password.
@Controller
class PasswordController {
    private final Accounts accounts;

    PasswordController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/password")
    ModelAndView form() {
        return page(null, HttpStatus.OK);
    }

    @PostMapping("/password")
    ModelAndView change(
            @AuthenticationPrincipal Account account,
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String chosen,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request) {
        if (!chosen.equals(again)) return refused("The two new passwords differ: type the same one twice.");
        var session = request.getSession().getId();
        var change = accounts.changePassword(
                account, new Secret(current), new Secret(chosen), session, request.getRemoteAddr());
        return switch (change) {
            case AccountChange.Refused(var why) -> refused(why);
            case AccountChange.Done(var changed) -> {
                SessionAccounts.begin(request, changed);
                yield LoginController.redirect("/");
            }
        };
    }

    private static ModelAndView refused(String why) {
        return page(why, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private static ModelAndView page(@Nullable String error, HttpStatus status) {
        var page = new ModelAndView("password", status);
        page.addObject("error", error);
        return page;
    }
}
