package dev.transpack.verifying;

import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.nodes.Sight;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.BoxPacks;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.uploading.OpenDestinations;
import dev.transpack.uploading.PackVolumes;
import dev.transpack.uploading.Retries;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of verifying.
@Configuration(proxyBeanMethods = false)
public class VerifyingConfiguration {
    @Bean
    Verifications verifications(Database database, Packs packs, Jobs jobs, Sight sight) {
        return new Verifications(database, packs, jobs, sight::bound);
    }

    @Bean
    VerifyPack.Rows verifiedRows(Packs packs, StoredVolumes stored, PackVolumes volumes, Jobs jobs) {
        return new VerifyPack.Rows(packs, stored, volumes, jobs);
    }

    @Bean
    VerifyPack verifyPack(
            VerifyPack.Rows rows, OpenDestinations destinations, BoxPacks boxes, InstantSource clock, Jobs jobs) {
        var work = new VerifyPack(rows, destinations, boxes, Retries.STANDARD, clock);
        jobs.register(VerifyPack.KIND, work, Retries::ofJob);
        return work;
    }
}
