package dev.transpack.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/// Refusals of the API: problems with a stable type, never a redirect.
final class SecurityApiRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final SecurityProblem SIGN_IN = SecurityProblem.of(
            "sign-in-required",
            "Sign in first",
            401,
            "Send a token in the header \"Authorization: Bearer tp_...\" (transpack token create makes one),"
                    + " or sign in with the browser.");
    private static final SecurityProblem FORBIDDEN =
            SecurityProblem.of("forbidden", "Not allowed", 403, "This account may not do that: ask an administrator.");
    private static final SecurityProblem CSRF = SecurityProblem.of(
            "csrf",
            "Not sent from our page",
            403,
            "With a session every change needs the header " + SessionCsrfTokens.HEADER
                    + " as the page's <meta name=\"csrf\"> gives it. Reload the page, or use a token.");
    private static final SecurityProblem PASSWORD_DUE = SecurityProblem.of(
            "password-change-required",
            "Change the one-time password first",
            403,
            "This account's password is good for one sign-in only: open the page and choose a new one.");

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        SIGN_IN.write(response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        (why instanceof CsrfException ? CSRF : FORBIDDEN).write(response);
    }

    static void passwordDue(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PASSWORD_DUE.write(response);
    }
}
