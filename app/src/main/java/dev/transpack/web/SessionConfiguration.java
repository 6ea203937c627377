package dev.transpack.web;

import dev.transpack.database.Database;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/// Sessions in the database, so that they survive restarts and every web node knows them.
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableSpringHttpSession
class SessionConfiguration {
    /// People come when something has finished, which may be weeks apart; what ends a session early is signing out, a
    /// changed password or a disabled account, each at once.
    static final Duration IDLE = Duration.ofDays(30);

    private static final String COOKIE = "transpack";
    /// The row decides when a session ends; the cookie only must not end before it (browsers keep none over 400 days).
    private static final Duration COOKIE_AGE = Duration.ofDays(400);

    /// The framework is to use [SessionStore], never the rows themselves.
    @Bean(defaultCandidate = false)
    SessionRows sessionRows(Database database) {
        return new SessionRows(database, IDLE);
    }

    @Bean
    SessionRepository<?> sessions(@Qualifier("sessionRows") SessionRows rows, Database database) {
        return SessionStore.over(rows, database);
    }

    @Bean
    CookieSerializer sessionCookie(ServerSettings server) {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName(COOKIE);
        cookie.setCookiePath(cookiePath(server));
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        cookie.setUseBase64Encoding(false);
        cookie.setCookieMaxAge(Math.toIntExact(COOKIE_AGE.toSeconds()));
        if (isHttps(server)) cookie.setUseSecureCookie(true);
        return cookie;
    }

    static String cookiePath(ServerSettings server) {
        return server.basePath().isEmpty() ? "/" : server.basePath();
    }

    /// Whether cookies may travel over https only.
    static boolean secure(ServerSettings server, HttpServletRequest request) {
        return isHttps(server) || request.isSecure();
    }

    private static boolean isHttps(ServerSettings server) {
        return server.publicUrl().filter(url -> "https".equals(url.getScheme())).isPresent();
    }
}
