package dev.transpack.web;

import java.util.List;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.Header;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/// What every answer tells the browser: run and show only what comes from here, frame nothing, say nothing elsewhere.
final class SecurityHeaders {
    static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
                    + " manifest-src 'self'";
    private static final String PERMISSIONS = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(),"
            + " geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
    private static final long A_YEAR = 31_536_000;

    private SecurityHeaders() {}

    static Customizer<HeadersConfigurer<HttpSecurity>> ofPages() {
        return headers -> common(headers, "same-origin");
    }

    /// A link's address is its secret: it is never told to another site.
    static Customizer<HeadersConfigurer<HttpSecurity>> ofLinks() {
        return headers -> common(headers, "no-referrer");
    }

    /// Assets may be kept; whoever serves them says for how long.
    static Customizer<HeadersConfigurer<HttpSecurity>> ofAssets() {
        return headers -> {
            common(headers, "same-origin");
            headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable);
        };
    }

    private static void common(HeadersConfigurer<HttpSecurity> headers, String referrer) {
        headers.httpStrictTransportSecurity(
                        strict -> strict.maxAgeInSeconds(A_YEAR).includeSubDomains(false))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .addHeaderWriter(new StaticHeadersWriter(List.of(
                        new Header("Content-Security-Policy", CONTENT_POLICY),
                        new Header("Referrer-Policy", referrer),
                        new Header("Permissions-Policy", PERMISSIONS),
                        new Header("Cross-Origin-Opener-Policy", "same-origin"),
                        new Header("Cross-Origin-Resource-Policy", "same-origin"))));
    }
}
