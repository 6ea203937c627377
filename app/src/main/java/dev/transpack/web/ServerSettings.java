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
        var proxies = reader.list("server.trusted-proxies");
        checkProxies(reader, proxies);
        return new ServerSettings(
                reader.number("server.port", 8080, 0, 65_535),
                reader.text("server.address", "127.0.0.1"),
                basePath(reader.text("server.base-path", "/")),
                reader.findAddress("server.public-url"),
                proxies,
                reader.flag("server.plain-http-login", false));
    }

    /// The page's address, as links and messages give it.
    ///
    /// @param port the one it listens on
    public URI page(int port) {
        return publicUrl.orElseGet(() -> URI.create("http://" + host() + ":" + port + basePath + "/"));
    }

    /// Where it listens on every address or on this machine only, this machine's own name leads there.
    private String host() {
        var anywhere = List.of("127.0.0.1", "::1", "0.0.0.0", "::", "localhost").contains(address);
        if (anywhere) return "localhost";
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static void checkProxies(SettingsReader reader, List<String> proxies) {
        for (var proxy : proxies) {
            try {
                SecurityProxies.of(List.of(proxy));
            } catch (IllegalArgumentException e) {
                reader.problem(
                        "server.trusted-proxies", proxy, "write addresses or networks such as 10.0.0.1 or 10.0.0.0/8");
            }
        }
    }

    private static String basePath(String text) {
        var path = text.replaceAll("/+$", "");
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
