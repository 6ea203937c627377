package dev.transpack.web;

import dev.transpack.command.AppSettings;
import dev.transpack.command.Server;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// A real server on a free port, with a temporary data directory and a clock that a test sets.
final class WebServer implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final Server server;
    private final Path dataDir;

    private WebServer(Path dataDir, Map<String, String> settings) {
        this.dataDir = dataDir;
        var all = new HashMap<>(Map.of("data-dir", dataDir.toString(), "server.port", "0", "node.name", "here"));
        all.putAll(settings);
        InstantSource clock = now::get;
        server = Server.start(AppSettings.read(SettingsSource.of(all)), Server.Role.WEB, clock);
    }

    static WebServer start(Path dataDir) {
        return start(dataDir, Map.of());
    }

    static WebServer start(Path dataDir, Map<String, String> settings) {
        return new WebServer(dataDir, settings);
    }

    static Map<String, String> database(DatabaseSettings settings) {
        return Map.of("database.url", settings.url(), "database.username", settings.username());
    }

    /// A browser of its own, without cookies.
    Browser browser() {
        return new Browser(server.port(), base());
    }

    Server server() {
        return server;
    }

    Path dataDir() {
        return dataDir;
    }

    <T> T part(Class<T> type) {
        return server.part(type);
    }

    void pass(java.time.Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private String base() {
        return server.part(ServerSettings.class).basePath();
    }

    @Override
    public void close() {
        server.close();
    }
}
