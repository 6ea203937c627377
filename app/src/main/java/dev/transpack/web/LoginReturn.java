package dev.transpack.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Where somebody goes after signing in: a page of ours, or the first one. An address that a browser could take for
/// another site's is none of ours.
record LoginReturn(String path) {
    private static final int LONGEST = 2_000;

    /// The address if it is one of our pages, else the first page.
    static LoginReturn to(String wished) {
        return new LoginReturn(isOurs(wished) ? wished : "/");
    }

    /// For the login page's own address; empty for the first page.
    String asQuery() {
        return path.equals("/") ? "" : "?return=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    /// One slash, then anything but a second one. Browsers read a backslash as a slash and drop control characters, so
    /// neither is let through; the URI parser refuses both.
    private static boolean isOurs(String wished) {
        if (wished.length() > LONGEST || !wished.startsWith("/") || wished.startsWith("//")) return false;
        try {
            var uri = new URI(wished);
            var path = uri.getPath();
            return !uri.isAbsolute()
                    && uri.getRawAuthority() == null
                    && path != null
                    && path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c))
                    && !path.startsWith("//")
                    && !path.equals("/login")
                    && !path.equals("/logout");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
