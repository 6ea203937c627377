package dev.transpack.fetching;

import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkToken;
import java.net.URI;
import java.util.regex.Pattern;

/// The address of a link, as somebody was given it. It is a secret, so that it prints without its token.
public final class PackLink {
    private static final Pattern FORM = Pattern.compile("(https?://[^/?#@\\s]+(?:/[^?#\\s]*)?)/d/([A-Za-z0-9_-]+)/?");
    /// Behind the token stands a volume's name, as the page of the link shows it.
    private static final Pattern VOLUME =
            Pattern.compile("(https?://[^/?#@\\s]+(?:/[^?#\\s]*?)?)/d/([A-Za-z0-9_-]+)/[^?#\\s]*");

    private static final int HIGHEST_PORT = 65_535;

    private final URI server;
    private final LinkAddresses addresses;
    private final LinkToken token;

    private PackLink(URI server, LinkToken token) {
        this.server = server;
        this.addresses = new LinkAddresses(() -> server);
        this.token = token;
    }

    /// @throws IllegalArgumentException in a sentence, if the text is no address of a link
    public static PackLink parse(String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches() && !parts.usePattern(VOLUME).matches())
            throw new IllegalArgumentException("not a link: write https://host/d/..., as it was given");
        try {
            var server = URI.create(parts.group(1));
            if (!hasHost(server)) throw new IllegalArgumentException("no host");
            return new PackLink(server, new LinkToken(parts.group(2)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a link: its server's address cannot be read", e);
        }
    }

    /// Whether there is a host that can be asked.
    static boolean hasHost(URI address) {
        return address.getHost() != null && address.getPort() <= HIGHEST_PORT;
    }

    URI page() {
        return addresses.page(token);
    }

    URI manifest() {
        return addresses.of(token, "manifest");
    }

    URI volume(String name) {
        return addresses.of(token, name);
    }

    @Override
    public String toString() {
        return server + "/d/***";
    }
}
