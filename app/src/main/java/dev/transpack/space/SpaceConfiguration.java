package dev.transpack.space;

import dev.transpack.browse.Downloads;
import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.PackSettings;
import dev.transpack.uploading.BucketUse;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.Destinations;
import dev.transpack.uploading.OpenDestinations;
import dev.transpack.uploading.Retries;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of space.
@Configuration(proxyBeanMethods = false)
public class SpaceConfiguration {
    private static final Duration DAILY = Duration.ofDays(1);

    @Bean
    Space.Places spacePlaces(SpaceSettings settings, PackSettings packs, Destinations destinations) {
        return new Space.Places(settings, packs, destinations);
    }

    @Bean
    Space space(Space.Places places, BucketUse use, Downloads downloads, InstantSource clock) {
        return new Space(places, use, downloads, clock);
    }

    @Bean
    Leftovers leftovers(OpenDestinations destinations, Database database, SpaceSettings settings, InstantSource clock) {
        return new Leftovers(destinations, new KnownKeys(database), settings, clock);
    }

    @Bean
    AbortAbandoned abortAbandoned(Destinations destinations, Leftovers leftovers, Jobs jobs) {
        var work = new AbortAbandoned(destinations, leftovers);
        jobs.register(AbortAbandoned.KIND, work, Retries::ofJob);
        return work;
    }

    @Bean(initMethod = "start")
    SpaceWatch spaceWatch(Space space, Destinations destinations, Jobs jobs, Database database, InstantSource clock) {
        var chores = new Chores(database, clock);
        return new SpaceWatch(space, () -> destinations.all().forEach(each -> lookDaily(chores, jobs, each)));
    }

    /// As much of it as a job's row holds.
    private static String subject(String destination) {
        return destination.substring(0, Math.min(destination.length(), 60));
    }

    private static void lookDaily(Chores chores, Jobs jobs, DestinationSettings destination) {
        var name = destination.name();
        chores.ifDue(
                "abandoned-uploads " + name,
                DAILY,
                () -> jobs.enqueue(AbortAbandoned.KIND, subject(name), new AbortAbandoned.Payload(name)));
    }
}
