package dev.transpack.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// What every answer tells the browser, refusals and failures included: run and show only what comes from here, frame
/// nothing, keep nothing, say nothing elsewhere. Set before anything else happens, so that nothing can be forgotten; a
/// controller may set a header of its own over it.
@Configuration(proxyBeanMethods = false)
class SecurityHeaders {
    static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
                    + " manifest-src 'self'";
    /// Pages of links need neither scripts nor forms.
    static final String LINK_POLICY = "default-src 'none'; style-src 'self'; img-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String PERMISSIONS = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(),"
            + " geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
    private static final String A_YEAR = "max-age=31536000";

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> headers() {
        var registration = new FilterRegistrationBean<OncePerRequestFilter>(new Writer());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    private static final class Writer extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            var path =
                    request.getRequestURI().substring(request.getContextPath().length());
            var isLink = path.startsWith("/d/");
            response.setHeader("Content-Security-Policy", isLink ? LINK_POLICY : CONTENT_POLICY);
            // A link's address is its secret: it is never told to another site.
            response.setHeader("Referrer-Policy", isLink ? "no-referrer" : "same-origin");
            response.setHeader("Permissions-Policy", PERMISSIONS);
            response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
            response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("X-Frame-Options", "DENY");
            if (!path.startsWith("/assets/")) response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (request.isSecure()) response.setHeader("Strict-Transport-Security", A_YEAR);
            chain.doFilter(request, response);
        }
    }
}
