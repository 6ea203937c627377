package dev.transpack.command;

import dev.transpack.database.Database;
import dev.transpack.jobs.JobConfiguration;
import dev.transpack.settings.InstanceKey;
import dev.transpack.web.WebConfiguration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;

/// What a server is made of: the foundations here, each feature's own wiring beside its code.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JobConfiguration.class, WebConfiguration.class})
class ServerConfiguration {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    InstanceKey instanceKey(AppSettings settings) {
        return InstanceKey.of(settings.dataDir());
    }

    @Bean
    Database database(AppSettings settings) {
        return Database.open(settings.database());
    }

    @Bean
    DataSource dataSource(Database database) {
        return database.dataSource();
    }

    @Bean
    PlatformTransactionManager transactions(Database database) {
        return database.transactions();
    }
}
