package dev.transpack.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/// Makes the request look as the client sent it, when a trusted proxy passes it on: the client's address (the last one
/// in `X-Forwarded-For` that is not a trusted proxy's) and the scheme (`X-Forwarded-Proto`). From anyone else these
/// headers are lies: nothing after this filter sees them. The host a client claims is never used for anything.
final class SecurityProxyFilter extends OncePerRequestFilter {
    private static final String UNTRUSTED = SecurityProxyFilter.class.getName() + ".untrusted";

    private final SecurityProxies proxies;

    SecurityProxyFilter(SecurityProxies proxies) {
        this.proxies = proxies;
    }

    /// Whether something in between passed this request on that is not trusted, or does not say for whom: its sender is
    /// not who it seems.
    static boolean passedOnByStranger(HttpServletRequest request) {
        return request.getAttribute(UNTRUSTED) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!proxies.trusts(request.getRemoteAddr())) {
            if (Collections.list(request.getHeaderNames()).stream().anyMatch(SecurityProxyFilter::isForwarded))
                request.setAttribute(UNTRUSTED, true);
            chain.doFilter(new Direct(request), response);
            return;
        }
        if (request.getHeader("X-Forwarded-For") == null) request.setAttribute(UNTRUSTED, true);
        chain.doFilter(new Forwarded(request, client(request), scheme(request)), response);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private String client(HttpServletRequest request) {
        var hops = String.join(",", Collections.list(request.getHeaders("X-Forwarded-For")))
                .split(",", -1);
        var client = request.getRemoteAddr();
        for (int n = hops.length - 1; n >= 0; n--) {
            var hop = address(hops[n].strip());
            if (hop == null) return client;
            client = hop;
            if (!proxies.trusts(hop)) return client;
        }
        return client;
    }

    /// The address in one canonical writing; null when it is none.
    private static @Nullable String address(String text) {
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// The word of the proxy nearest to us, which it added last.
    private static String scheme(HttpServletRequest request) {
        var values = Collections.list(request.getHeaders("X-Forwarded-Proto"));
        if (values.isEmpty()) return request.getScheme();
        var all = values.getLast().split(",", -1);
        return all[all.length - 1].strip().equalsIgnoreCase("https") ? "https" : "http";
    }

    private static boolean isForwarded(String header) {
        var name = header.toLowerCase(Locale.ROOT);
        return name.equals("forwarded") || name.startsWith("x-forwarded-");
    }

    /// Without the headers that only proxies may send.
    private static class Direct extends HttpServletRequestWrapper {
        Direct(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return isForwarded(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isForwarded(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !isForwarded(name))
                    .toList());
        }
    }

    /// As the client sent it.
    private static final class Forwarded extends Direct {
        private final String client;
        private final String scheme;

        Forwarded(HttpServletRequest request, String client, String scheme) {
            super(request);
            this.client = client;
            this.scheme = scheme;
        }

        @Override
        public String getRemoteAddr() {
            return client;
        }

        @Override
        public String getRemoteHost() {
            return client;
        }

        @Override
        public String getScheme() {
            return scheme;
        }

        @Override
        public boolean isSecure() {
            return scheme.equals("https");
        }
    }
}
