package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.SignIn;
import dev.transpack.accounts.SignIns;
import dev.transpack.accounts.Waits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/// Signing in and out.
@Controller
class LoginController {
    private final SignIns signIns;
    private final ServerSettings server;

    LoginController(SignIns signIns, ServerSettings server) {
        this.signIns = signIns;
        this.server = server;
    }

    @GetMapping("/login")
    ModelAndView form(
            @AuthenticationPrincipal @Nullable Account account,
            @RequestParam(name = "return", defaultValue = "/") String back,
            HttpServletRequest request) {
        if (refusesPlainHttp(request)) return plainHttp();
        return account != null ? redirect(LoginReturn.to(back).path()) : page(back, "", null, HttpStatus.OK);
    }

    @PostMapping("/login")
    ModelAndView signIn(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(name = "return", defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (refusesPlainHttp(request)) return plainHttp();
        return switch (signIns.attempt(name, password, request.getRemoteAddr())) {
            case SignIn.Accepted(var account) -> enter(account, back, request);
            case SignIn.Wrong() -> page(back, name, "Name or password is wrong.", HttpStatus.FORBIDDEN);
            case SignIn.Disabled() ->
                page(back, name, "This account is disabled: ask an administrator.", HttpStatus.FORBIDDEN);
            case SignIn.Throttled(var wait) -> throttled(back, name, wait, response);
        };
    }

    @PostMapping("/logout")
    ModelAndView signOut(@AuthenticationPrincipal Account account, HttpServletRequest request) {
        SessionAccounts.end(request);
        signIns.signedOut(account, request.getRemoteAddr());
        return redirect("/login");
    }

    /// Within our own pages only; the browser asks with GET.
    static ModelAndView redirect(String path) {
        var view = new RedirectView(path, true);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExposeModelAttributes(false);
        view.setExpandUriTemplateVariables(false);
        return new ModelAndView(view);
    }

    private static ModelAndView enter(Account account, String back, HttpServletRequest request) {
        SessionAccounts.begin(request, account);
        return redirect(
                account.mustChangePassword()
                        ? "/password"
                        : LoginReturn.to(back).path());
    }

    private static ModelAndView throttled(String back, String name, Duration wait, HttpServletResponse response) {
        response.setHeader(
                HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
        var sentence = "Too many attempts from here: try again in " + Waits.inWords(wait) + ".";
        return page(back, name, sentence, HttpStatus.TOO_MANY_REQUESTS);
    }

    private static ModelAndView page(String back, String name, @Nullable String error, HttpStatus status) {
        var page = new ModelAndView("login", status);
        page.addObject("back", LoginReturn.to(back).path());
        page.addObject("name", name.length() > 200 ? "" : name);
        page.addObject("error", error);
        return page;
    }

    private static ModelAndView plainHttp() {
        var page = new ModelAndView("refused", HttpStatus.FORBIDDEN);
        page.addObject("refusal", SecurityRefusal.PLAIN_HTTP);
        return page;
    }

    /// A proxy on this machine that is not trusted makes everyone look like this machine: they are not.
    private boolean refusesPlainHttp(HttpServletRequest request) {
        return !server.plainHttpLogin()
                && !request.isSecure()
                && (SecurityProxyFilter.passedOnByStranger(request) || !isLoopback(request.getRemoteAddr()));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
