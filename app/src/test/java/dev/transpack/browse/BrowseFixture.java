package dev.transpack.browse;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.nodes.Machine;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Browsing over a real database file, with a clock that the test sets.
final class BrowseFixture implements AutoCloseable, InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final Database database;
    private final Transmission transmission;
    final SizeMeasurer sizes;
    final Downloads downloads;

    private BrowseFixture(Path databaseFile, BrowseSettings settings, TransmissionSettings connection) {
        database = Database.open(DatabaseSettings.file(databaseFile));
        transmission = new Transmission(connection);
        sizes = new SizeMeasurer(database, this);
        downloads =
                new Downloads(settings, new NamedRoots(settings, new Machine("box", true)), transmission, sizes, this);
    }

    static BrowseFixture open(Path databaseFile, BrowseSettings settings, TransmissionSettings connection) {
        return new BrowseFixture(databaseFile, settings, connection);
    }

    /// Loose files only.
    static BrowseFixture without(Path databaseFile, BrowseSettings settings) {
        return open(databaseFile, settings, TransmissionSettings.NONE);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /// Lets that much time pass.
    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /// The list as it is now, not as it was a moment ago.
    Browse look() {
        downloads.forget();
        return downloads.list();
    }

    /// The one download of that name.
    Download the(String name) {
        return look().downloads().stream()
                .filter(download -> download.name().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("two are called " + name);
                })
                .orElseThrow(() -> new AssertionError("none is called " + name + ": " + downloads.list()));
    }

    /// The same once every folder has been counted.
    Download measured(String name) throws Exception {
        the(name);
        Eventually.until("folders are measured", sizes::idle);
        return the(name);
    }

    @Override
    public void close() {
        downloads.close();
        sizes.close();
        transmission.close();
        database.close();
    }
}
