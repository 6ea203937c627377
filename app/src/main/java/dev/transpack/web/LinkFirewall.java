package dev.transpack.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Refuses addresses with characters that have fooled servers, except below `/d/`: there the last segment is the name
/// of a volume, which may hold a percent sign, a semicolon, a backslash or a line separator (U+2028, U+2029), and is
/// only ever
/// compared.
final class LinkFirewall implements HttpFirewall {
    private final StrictHttpFirewall strict = new StrictHttpFirewall();
    private final StrictHttpFirewall names = new StrictHttpFirewall();

    LinkFirewall() {
        names.setAllowUrlEncodedPercent(true);
        names.setAllowSemicolon(true);
        names.setAllowBackSlash(true);
        names.setAllowUrlEncodedLineSeparator(true);
        names.setAllowUrlEncodedParagraphSeparator(true);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        var links = request.getContextPath() + "/d/";
        return (request.getRequestURI().startsWith(links) ? names : strict).getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return strict.getFirewalledResponse(response);
    }
}
