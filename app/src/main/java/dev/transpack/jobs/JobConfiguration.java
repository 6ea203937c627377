package dev.transpack.jobs;

import dev.transpack.database.Database;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of background work. The [Worker] is started by whoever wants this process to work.
@Configuration(proxyBeanMethods = false)
public class JobConfiguration {
    @Bean
    Jobs jobs(Database database, InstantSource clock) {
        return new Jobs(database, clock);
    }
}
