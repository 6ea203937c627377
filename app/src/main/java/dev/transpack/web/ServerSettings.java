package dev.transpack.web;

import dev.transpack.settings.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Where the page is served, and the address that links are built from.
///
/// @param basePath begins with a slash and does not end with one; empty at the root
/// @param publicUrl the address people use, when it is not the page's own
/// @param trustedProxies addresses whose forwarded headers count
/// @param plainHttpLogin whether signing in over plain HTTP from elsewhere is allowed
public record ServerSettings(
        int port,
        String address,
        String basePath,
        Optional<URI> publicUrl,
        List<String> trustedProxies,
        boolean plainHttpLogin) {

    public static ServerSettings read(SettingsReader reader) {
        return new ServerSettings(
                reader.number("server.port", 8080, 0, 65_535),
                reader.text("server.address", "127.0.0.1"),
                basePath(reader.text("server.base-path", "/")),
                reader.findAddress("server.public-url"),
                reader.list("server.trusted-proxies"),
                reader.flag("server.plain-http-login", false));
    }

    private static String basePath(String text) {
        var path = text.replaceAll("/+$", "");
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
