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
    private static final String SIGN_IN = "Send a token in the header \"Authorization: Bearer tp_...\""
            + " (transpack token create makes one), or sign in with the browser.";
    private static final String FORBIDDEN = "Ask an administrator.";
    private static final String CSRF = "With a session every change needs the header " + SessionCsrfTokens.HEADER
            + " that the page knows. Reload the page, or use a token.";
    private static final String PASSWORD_DUE =
            "This account's password is good for one sign-in only: open the page and choose a new one.";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        SecurityProblem.write(response, ApiProblem.SIGN_IN_NEEDED, SIGN_IN);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        if (why instanceof CsrfException) SecurityProblem.write(response, ApiProblem.NOT_FROM_OUR_PAGE, CSRF);
        else SecurityProblem.write(response, ApiProblem.FORBIDDEN, FORBIDDEN);
    }

    static void passwordDue(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SecurityProblem.write(response, ApiProblem.PASSWORD_CHANGE_NEEDED, PASSWORD_DUE);
    }
}
