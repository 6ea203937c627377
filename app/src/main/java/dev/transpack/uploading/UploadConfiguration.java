package dev.transpack.uploading;

import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.DestinationNames;
import dev.transpack.packing.Packs;
import dev.transpack.packing.Planning;
import dev.transpack.packing.SendPack;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of uploading.
@Configuration(proxyBeanMethods = false)
public class UploadConfiguration {
    @Bean
    DestinationNames destinationNames(Destinations destinations) {
        return new DestinationNames(destinations.names(), destinations.standardName(), destinations.box());
    }

    @Bean
    OpenDestinations openDestinations(
            Destinations destinations, Database database, PackVolumes volumes, InstantSource clock) {
        return new OpenDestinations(destinations, database, volumes, clock);
    }

    @Bean
    PackVolumes packVolumes(Database database) {
        return new PackVolumes(database);
    }

    @Bean
    BucketUse bucketUse(Database database) {
        return new BucketUse(database);
    }

    @Bean
    BoxRows boxRows(Database database) {
        return new BoxRows(database);
    }

    @Bean
    RateLimit rateLimit(UploadSettings settings) {
        return new RateLimit(settings.rateLimit());
    }

    @Bean
    SendPackWork.PackRecords packRecords(Database database, InstantSource clock, Packs packs, PackVolumes volumes) {
        return new SendPackWork.PackRecords(database, clock, packs, volumes);
    }

    @Bean
    SendPackWork sendPack(
            SendPackWork.PackRecords records,
            Planning planning,
            OpenDestinations destinations,
            UploadSettings settings,
            RateLimit rateLimit,
            Jobs jobs) {
        var work = new SendPackWork(records, planning, destinations, settings, rateLimit);
        jobs.register(SendPack.KIND, work, Retries::ofJob);
        return work;
    }
}
