package dev.transpack.packing;

import dev.transpack.browse.Downloads;
import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of packing.
@Configuration(proxyBeanMethods = false)
public class PackingConfiguration {
    @Bean
    Packs packs(Database database, InstantSource clock) {
        return new Packs(database, clock);
    }

    @Bean
    PackFiles packFiles(Database database) {
        return new PackFiles(database);
    }

    @Bean
    Planning planning(Database database, Packs packs, PackFiles files, PackSettings settings) {
        return new Planning(database, packs, files, settings);
    }

    @Bean
    Packing packing(Database database, Downloads downloads, Packs packs, Jobs jobs, DestinationNames destinations) {
        return new Packing(database, downloads, packs, jobs, destinations);
    }
}
