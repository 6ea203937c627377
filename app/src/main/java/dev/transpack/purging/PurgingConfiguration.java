package dev.transpack.purging;

import dev.transpack.browse.Downloads;
import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.PackFiles;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.ShareLinks;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.transmission.Transmission;
import dev.transpack.uploading.OpenDestinations;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of purging.
@Configuration(proxyBeanMethods = false)
public class PurgingConfiguration {
    @Bean
    PurgeRecords purgeRecords(Database database, InstantSource clock) {
        return new PurgeRecords(database, clock);
    }

    @Bean
    KeptTorrents keptTorrents(Database database, InstantSource clock) {
        return new KeptTorrents(database, clock);
    }

    @Bean
    PurgePack.Rows purgedRows(
            Database database, Packs packs, ShareLinks links, StoredVolumes volumes, PurgeRecords records) {
        return new PurgePack.Rows(database, packs, links, volumes, records);
    }

    @Bean
    PurgeParts purgeParts(
            PurgePack.Rows rows,
            PackFiles files,
            KeptTorrents kept,
            Transmission transmission,
            Downloads downloads,
            OpenDestinations destinations) {
        return new PurgeParts(rows, files, kept, transmission, downloads, destinations::store);
    }

    @Bean
    PurgePlans purgePlans(PurgeParts parts, PurgeSettings settings, InstantSource clock) {
        return parts.plans(settings, clock);
    }

    @Bean
    Purges purges(PurgePack.Rows rows, PurgePlans plans, Jobs jobs) {
        return new Purges(rows.database(), rows.packs(), plans, rows.records(), jobs);
    }

    @Bean
    PurgePack purgePack(PurgeParts parts, PurgePlans plans, Jobs jobs, InstantSource clock) {
        var work = parts.work(plans, clock);
        jobs.register(PurgePack.KIND, work, PurgePack.RETRY);
        return work;
    }
}
