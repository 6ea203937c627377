package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Texts of a request that anybody may send: cursors, the page to return to, addresses of proxies, tokens.
public final class RequestTextFuzz {
    private static final URI HERE = URI.create("https://here.example/login");

    private RequestTextFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        cursor(text);
        offset(text);
        returnsHere(LoginReturn.to(text).path());
        proxies(text);
        if (SecurityTokenFilter.isBearer(text))
            assertThat(SecurityTokenFilter.token(text)).isEqualTo(SecurityTokenFilter.token(text + " "));
    }

    private static void cursor(String text) {
        try {
            var cursor = ApiCursor.parse(text);
            assertThat(ApiCursor.parse(cursor.toString())).isEqualTo(cursor);
            assertThat(cursor.id()).doesNotContain("\0"); // PostgreSQL refuses it in any text
        } catch (ApiException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void offset(String text) {
        try {
            var offset = ApiOffset.parse(text);
            assertThat(offset).isNotNegative();
            assertThat(ApiOffset.parse(ApiOffset.written(offset))).isEqualTo(offset);
        } catch (ApiException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /// As a browser reads it: it drops tabs and line ends, and a backslash is a slash.
    private static void returnsHere(String path) {
        assertThat(path).startsWith("/").doesNotStartWith("//").doesNotContain("\\", "\t", "\r", "\n");
        var target = HERE.resolve(path);
        assertThat(target.getAuthority()).isEqualTo("here.example");
        assertThat(target.getScheme()).isEqualTo("https");
    }

    private static void proxies(String text) {
        var none = SecurityProxies.of(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.1"));
        var trusted = none.trusts(text);
        if (trusted) assertThat(text).matches("[0-9a-fA-FxX.:%a-zA-Z]+");
        try {
            var own = SecurityProxies.of(List.of(text));
            if (text.indexOf('/') < 0) assertThat(own.trusts(text)).isTrue();
        } catch (IllegalArgumentException e) {
            // the settings name it
        }
    }
}
