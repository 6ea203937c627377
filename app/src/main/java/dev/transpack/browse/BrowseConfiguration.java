package dev.transpack.browse;

import dev.transpack.database.Database;
import dev.transpack.nodes.Machine;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionSettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of browsing, and of the daemon it asks.
@Configuration(proxyBeanMethods = false)
public class BrowseConfiguration {
    @Bean
    Transmission transmission(TransmissionSettings settings) {
        return new Transmission(settings);
    }

    @Bean
    NamedRoots namedRoots(BrowseSettings settings, Machine machine) {
        return new NamedRoots(settings, machine);
    }

    @Bean
    SizeMeasurer sizeMeasurer(Database database, InstantSource clock) {
        return new SizeMeasurer(database, clock);
    }

    @Bean
    Downloads downloads(
            BrowseSettings settings,
            NamedRoots roots,
            Transmission transmission,
            SizeMeasurer sizes,
            InstantSource clock) {
        return new Downloads(settings, roots, transmission, sizes, clock);
    }
}
