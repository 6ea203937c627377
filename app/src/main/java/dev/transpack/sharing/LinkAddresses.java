package dev.transpack.sharing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The one place where the address of a link is put together: from the address people reach this page by, which
/// settings say, never from what a request claims.
public final class LinkAddresses {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final Supplier<URI> page;

    /// @param page the address of our own front page, base path included
    public LinkAddresses(Supplier<URI> page) {
        this.page = page;
    }

    /// The page for people. A secret: it holds the token.
    public URI page(LinkToken token) {
        return URI.create(base(token));
    }

    /// What redirects to one volume, or to another thing of this link; slashes in the name are folders.
    public URI of(LinkToken token, String name) {
        var path =
                Arrays.stream(name.split("/", -1)).map(LinkAddresses::segment).collect(Collectors.joining("/"));
        return URI.create(base(token) + "/" + path);
    }

    private String base(LinkToken token) {
        return page.get().toString().replaceAll("/+$", "") + "/d/" + segment(token.reveal());
    }

    /// One path segment (RFC 3986): everything that could be read as something else is escaped.
    private static String segment(String name) {
        var escaped = new StringBuilder();
        for (var b : name.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xFF);
            if (unreserved(c)) escaped.append(c);
            else escaped.append("%%%02X".formatted((int) c));
        }
        return escaped.toString();
    }

    private static boolean unreserved(char c) {
        return UNRESERVED.indexOf(c) >= 0;
    }
}
