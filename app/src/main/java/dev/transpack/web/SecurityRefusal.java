package dev.transpack.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// A refusal that is shown as a page.
///
/// @param remedy what to do about it
record SecurityRefusal(int status, String title, String remedy) {
    static final String PATH = "/refused";
    static final String ATTRIBUTE = SecurityRefusal.class.getName();

    static final SecurityRefusal CSRF = new SecurityRefusal(
            403,
            "This page was too old",
            "Nothing was changed. Go back, reload the page and try again; sign in if you are asked to.");
    static final SecurityRefusal FORBIDDEN =
            new SecurityRefusal(403, "Not allowed", "This account may not do that: ask an administrator.");
    static final SecurityRefusal PLAIN_HTTP = new SecurityRefusal(
            403,
            "Signing in needs https",
            "Over plain http anyone in between can read the password. Open this page through https, or on the"
                    + " machine itself (http://localhost). If a reverse proxy serves https already, name its address in"
                    + " server.trusted-proxies and let it send X-Forwarded-Proto; to allow plain http on a network you"
                    + " trust, set server.plain-http-login: true.");

    void show(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, this);
        request.getRequestDispatcher(PATH).forward(request, response);
    }
}
