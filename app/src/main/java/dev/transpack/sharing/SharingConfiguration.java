package dev.transpack.sharing;

import dev.transpack.database.Database;
import dev.transpack.nodes.Sight;
import dev.transpack.packing.PackFiles;
import dev.transpack.packing.PackSecrets;
import dev.transpack.packing.Packs;
import dev.transpack.packing.Planning;
import dev.transpack.settings.InstanceKey;
import dev.transpack.uploading.BoxRows;
import dev.transpack.uploading.OpenDestinations;
import dev.transpack.uploading.RateLimit;
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

    @Bean
    StoredVolumes storedVolumes(Database database, InstantSource clock) {
        return new StoredVolumes(database, clock);
    }

    @Bean
    BoxPacks boxPacks(Packs packs, Planning planning, BoxRows rows, RateLimit pace, InstantSource clock, Sight sight) {
        return new BoxPacks(packs, planning, rows, pace, clock, sight);
    }

    @Bean
    LinkedPacks linkedPacks(
            ShareLinks links,
            Packs packs,
            PackFiles files,
            StoredVolumes volumes,
            OpenDestinations destinations,
            PackSecrets secrets) {
        return new LinkedPacks(links, packs, files, volumes, destinations, secrets);
    }
}
