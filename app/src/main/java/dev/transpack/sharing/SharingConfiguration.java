package dev.transpack.sharing;

import dev.transpack.database.Database;
import dev.transpack.settings.InstanceKey;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of links.
@Configuration(proxyBeanMethods = false)
public class SharingConfiguration {
    @Bean
    ShareLinks shareLinks(Database database, InstanceKey key, InstantSource clock) {
        return new ShareLinks(database, key, clock);
    }
}
