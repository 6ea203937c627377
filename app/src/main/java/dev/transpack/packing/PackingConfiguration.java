package dev.transpack.packing;

import dev.transpack.browse.Downloads;
import dev.transpack.browse.NamedRoots;
import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.settings.InstanceKey;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of packing.
@Configuration(proxyBeanMethods = false)
public class PackingConfiguration {
    @Bean
    Packs packs(Database database, InstantSource clock, NamedRoots roots) {
        return new Packs(database, clock, roots::folder);
    }

    @Bean
    LatestPacks latestPacks(Database database, NamedRoots roots) {
        return new LatestPacks(database, roots::folder);
    }

    @Bean
    FormerPacks formerPacks(Database database, NamedRoots roots) {
        var packs = new FormerPacks(database, roots);
        packs.follow();
        return packs;
    }

    @Bean
    PackFiles packFiles(Database database) {
        return new PackFiles(database);
    }

    @Bean
    PackSecrets packSecrets(Database database, InstanceKey key) {
        return new PackSecrets(database, key);
    }

    @Bean
    Planning planning(Database database, Packs packs, PackFiles files, PackSettings settings, PackSecrets secrets) {
        return new Planning(database, packs, files, settings, secrets);
    }

    @Bean
    Packing packing(
            Database database,
            Downloads downloads,
            Packs packs,
            Jobs jobs,
            DestinationNames destinations,
            Planning planning) {
        return new Packing(database, downloads, packs, jobs, destinations, planning);
    }
}
