package dev.transpack.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/// Refusals of pages: whoever is not signed in is sent to the login page and comes back afterwards; other refusals are
/// a
/// page that says what to do.
final class SecurityPageRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (acceptsEvents(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        if (isFragment(request)) {
            // A redirect would put the login page into the fragment's place: htmx goes there as a whole instead.
            response.setHeader("HX-Redirect", login(request, shownPage(request)));
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        var isRead = HttpMethod.GET.matches(request.getMethod());
        redirect(response, login(request, isRead ? requested(request) : "/"));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException, ServletException {
        var refusal = why instanceof CsrfException ? SecurityRefusal.CSRF : SecurityRefusal.FORBIDDEN;
        refusal.show(request, response);
    }

    static void passwordDue(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var target = request.getContextPath() + "/password";
        if (!isFragment(request)) {
            redirect(response, target);
            return;
        }
        response.setHeader("HX-Redirect", target);
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    }

    private static void redirect(HttpServletResponse response, String target) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.LOCATION, target);
    }

    private static String login(HttpServletRequest request, String back) {
        return request.getContextPath() + "/login" + LoginReturn.to(back).asQuery();
    }

    private static String requested(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
    }

    /// The page around a fragment, as htmx tells it. Only its path counts.
    private static String shownPage(HttpServletRequest request) {
        var shown = request.getHeader("HX-Current-URL");
        if (shown == null) return "/";
        try {
            var path = URI.create(shown).getRawPath();
            var base = request.getContextPath();
            return path != null && path.startsWith(base) ? path.substring(base.length()) : "/";
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    private static boolean isFragment(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    private static boolean acceptsEvents(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.startsWith("text/event-stream");
    }
}
