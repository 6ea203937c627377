package dev.transpack.web;

import dev.transpack.sharing.LinkAddresses;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.web.firewall.HttpFirewall;

/// What the addresses of links begin with, and what they may hold: any name a volume can have.
@Configuration(proxyBeanMethods = false)
class LinkConfiguration {
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
