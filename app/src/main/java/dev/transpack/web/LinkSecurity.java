package dev.transpack.web;

import dev.transpack.sharing.LinkAddresses;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;

/// Who may ask for links: everybody, without a session. And what their addresses may hold: any name a volume can have.
@Configuration(proxyBeanMethods = false)
class LinkSecurity {
    @Bean
    @Order(1)
    @ConditionalOnWebApplication
    SecurityFilterChain linkPages(HttpSecurity security) throws Exception {
        return security.securityMatcher("/d/**")
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable) // there is nothing here that changes anything
                .headers(AbstractHttpConfigurer::disable) // SecurityHeaders sets them
                .build();
    }

    @Bean
    HttpFirewall linkNames() {
        return new LinkFirewall();
    }

    /// A backslash in a volume's name arrives as it was sent; nothing here is a path of the disk.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> backslashesInNames() {
        return server ->
                server.addConnectorCustomizers(connector -> connector.setEncodedReverseSolidusHandling("passthrough"));
    }

    @Bean
    LinkAddresses linkAddresses(ServerSettings settings, Environment environment) {
        return new LinkAddresses(
                () -> settings.page(environment.getProperty("local.server.port", Integer.class, settings.port())));
    }
}
