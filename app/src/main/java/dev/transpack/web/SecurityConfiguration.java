package dev.transpack.web;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.ApiTokens;
import dev.transpack.accounts.SignIns;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;

/// Who may reach what. Open: links (see [LinkSecurity]), health, the assets of the pages and the login page. All else
/// needs an account: the API and the metrics a token or the browser's session, pages the session.
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableWebSecurity
class SecurityConfiguration {
    private final ServerSettings server;
    private final Accounts accounts;

    SecurityConfiguration(ServerSettings server, Accounts accounts) {
        this.server = server;
        this.accounts = accounts;
    }

    /// First of all filters: everything after it sees the client's own address and scheme.
    @Bean
    FilterRegistrationBean<SecurityProxyFilter> proxyFilter() {
        var registration =
                new FilterRegistrationBean<>(new SecurityProxyFilter(SecurityProxies.of(server.trustedProxies())));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    @Order(2)
    SecurityFilterChain openToAll(HttpSecurity http) throws Exception {
        return bare(http.securityMatcher("/health/**", "/api/v1/health/**", "/assets/**"))
                .csrf(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain api(HttpSecurity http, ApiTokens tokens, SignIns signIns) throws Exception {
        var refusals = new SecurityApiRefusals();
        return common(http.securityMatcher("/api/**", "/metrics"))
                .csrf(csrf ->
                        csrf.csrfTokenRepository(csrfTokens()).ignoringRequestMatchers(SecurityTokenFilter::isBearer))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterAfter(new SecurityTokenFilter(tokens, signIns), CsrfFilter.class)
                .addFilterBefore(
                        new SecurityPasswordDueFilter(SecurityApiRefusals::passwordDue), AuthorizationFilter.class)
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        var refusals = new SecurityPageRefusals();
        return common(http)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens()))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(
                        new SecurityPasswordDueFilter(SecurityPageRefusals::passwordDue), AuthorizationFilter.class)
                .build();
    }

    /// Needs an account; what an error or an asynchronous answer goes through again was let in before.
    private HttpSecurity common(HttpSecurity http) throws Exception {
        return bare(http)
                .securityContext(context -> context.securityContextRepository(new SessionAccounts(accounts)))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/login")
                        .permitAll()
                        .anyRequest()
                        .authenticated());
    }

    private static HttpSecurity bare(HttpSecurity http) throws Exception {
        return http.headers(AbstractHttpConfigurer::disable) // SecurityHeaders sets them, for every answer
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER)
                        .sessionFixation(fixation -> fixation.none()));
    }

    private SessionCsrfTokens csrfTokens() {
        return new SessionCsrfTokens(server);
    }
}
