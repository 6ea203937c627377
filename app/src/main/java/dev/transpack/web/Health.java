package dev.transpack.web;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import dev.transpack.uploading.Destinations;
import dev.transpack.uploading.OpenDestinations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/// Whether everything is there that Transpack works with: the database and room for it, without which nothing works,
/// and Transmission and the destinations, without which something waits.
@Component
final class Health implements AutoCloseable {
    private static final Duration NEAR = Duration.ofSeconds(1);
    private static final Duration FAR = Duration.ofSeconds(15);
    /// The database writes a log beside itself before it fails.
    private static final long LEAST_ROOM = 16 << 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HealthCheck> vital;
    private final List<HealthCheck> further;

    /// What was found, in a word, and of each thing.
    ///
    /// @param status `up`, `impaired` when something waits, or `down` when nothing works
    record Report(String status, Map<String, String> checks) {
        boolean ready() {
            return !status.equals("down");
        }
    }

    Health(
            Database database,
            DatabaseSettings settings,
            Transmission transmission,
            Destinations configured,
            OpenDestinations destinations,
            InstantSource clock) {
        this.vital = new ArrayList<>();
        vital.add(new HealthCheck("database", NEAR, database::answers, clock));
        // The disk of a PostgreSQL is another machine's to mind.
        if (settings.isSqlite()) vital.add(new HealthCheck("disk", NEAR, () -> hasRoom(settings.folder()), clock));
        this.further = new ArrayList<>();
        if (transmission.configured())
            further.add(new HealthCheck("transmission", FAR, () -> answers(transmission), clock));
        if (!configured.all().isEmpty()) further.add(new HealthCheck("destinations", FAR, destinations::answer, clock));
    }

    /// Looks at what has not been looked at within seconds.
    Report report() {
        var checks = new LinkedHashMap<String, String>();
        var works = all(vital, checks);
        var whole = all(further, checks);
        return new Report(works ? whole ? "up" : "impaired" : "down", checks);
    }

    private boolean all(List<HealthCheck> some, Map<String, String> checks) {
        var all = true;
        for (var check : some) {
            var up = check.up(threads);
            checks.put(check.name(), up ? "up" : "down");
            all &= up;
        }
        return all;
    }

    private static boolean hasRoom(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() >= LEAST_ROOM;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(Transmission transmission) {
        try {
            transmission.session();
            return true;
        } catch (TransmissionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
