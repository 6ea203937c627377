package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/// What a monitor is told: whether it works, what is away, and the figures.
@Timeout(120)
class HealthTest {
    @TempDir
    Path folder;

    @Test
    void aBucketThatIsAwayImpairsAndADatabaseThatIsAwayEndsIt() throws Exception {
        var s3 = S3Server.shared();
        try (var relay = S3Relay.before(s3);
                var server = start(
                        withoutTransmission(destination("b", relay.endpoint().toString(), s3.newBucket())))) {
            var checks = "\"checks\":{\"database\":\"up\",\"disk\":\"up\",\"destinations\":";
            assertReady(server, 200, "{\"status\":\"up\"," + checks + "\"up\"}}");
            relay.on(any -> true, 100, S3Fault.error(403, "AccessDenied"));
            assertReady(server, 200, "{\"status\":\"up\"," + checks + "\"up\"}}");
            server.pass(Duration.ofSeconds(20));
            assertReady(server, 200, "{\"status\":\"impaired\"," + checks + "\"down\"}}");
            server.part(Database.class).close();
            server.pass(Duration.ofSeconds(2));
            assertThat(ready(server).statusCode()).isEqualTo(503);
            assertThat(ready(server).body()).startsWith("{\"status\":\"down\",\"checks\":{\"database\":\"down\"");
            assertThat(server.browser().get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aTransmissionThatIsAwayImpairs() throws Exception {
        try (var server = start(Map.of())) {
            var checks = "\"checks\":{\"database\":\"up\",\"disk\":\"up\",\"transmission\":\"down\"}}";
            assertReady(server, 200, "{\"status\":\"impaired\"," + checks);
        }
    }

    @Test
    void bucketsAreAskedSideBySide() throws Exception {
        var s3 = S3Server.shared();
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        try (var relay = S3Relay.before(s3)) {
            var settings = withoutTransmission(destination("a", relay.endpoint().toString(), s3.newBucket()));
            settings.putAll(destination("b", relay.endpoint().toString(), s3.newBucket()));
            settings.put("destinations.a.default", "true");
            relay.on(any -> true, 2, S3Fault.hold(arrived, release));
            try (var server = start(settings);
                    var monitor = Executors.newVirtualThreadPerTaskExecutor()) {
                var answer = monitor.submit(() -> ready(server));
                var both = arrived.tryAcquire(2, 20, TimeUnit.SECONDS);
                release.countDown();
                assertThat(both).isTrue();
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void onlyWhatIsUsedCounts() throws Exception {
        try (var server = start(Map.of("transmission.url", "none"))) {
            assertReady(server, 200, "{\"status\":\"up\",\"checks\":{\"database\":\"up\",\"disk\":\"up\"}}");
        }
    }

    @Test
    void aDatabaseThatTakesNoWritesEndsIt() throws Exception {
        var database = PostgresServer.newDatabase();
        try (var server = start(withoutTransmission(WebServer.database(database)))) {
            assertThat(ready(server).body()).isEqualTo("{\"status\":\"up\",\"checks\":{\"database\":\"up\"}}");
            standBy(database);
            var part = server.part(Database.class);
            Eventually.until("it reads again", () -> reads(part));
            server.pass(Duration.ofSeconds(2));
            assertThat(ready(server).statusCode()).isEqualTo(503);
            assertThat(ready(server).body()).startsWith("{\"status\":\"down\",\"checks\":{\"database\":\"down\"");
        }
    }

    private static boolean reads(Database database) {
        try {
            return database.writes().sql("select 1").query(Integer.class).single() == 1;
        } catch (DataAccessException e) {
            return false; // on a connection that was ended
        }
    }

    @Test
    void theDiskIsThatOfTheDatabase() throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        var settings = DatabaseSettings.file(elsewhere.resolve("x.db"));
        try (var server = start(Map.of("transmission.url", "none", "database.url", settings.url()))) {
            assertReady(server, 200, "{\"status\":\"up\",\"checks\":{\"database\":\"up\",\"disk\":\"up\"}}");
            Files.move(elsewhere, folder.resolve("gone"));
            server.pass(Duration.ofSeconds(2));
            assertThat(ready(server).body()).contains("\"disk\":\"down\"");
        }
    }

    /// Whoever connects from now on can only read, and everybody has to.
    private static void standBy(DatabaseSettings database) throws Exception {
        var name = database.url().substring(database.url().lastIndexOf('/') + 1);
        try (var connection = DriverManager.getConnection(database.url(), database.username(), "");
                var statement = connection.createStatement()) {
            statement.execute("alter database " + name + " set default_transaction_read_only = on");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
    }

    @Test
    void theFiguresAreThereForWhoHasAToken() throws Exception {
        try (var server = start(Map.of("transmission.url", "none", "upload.rate-limit", "1m"))) {
            assertThat(server.browser().get("/metrics").statusCode()).isEqualTo(401);
            var pack = PackRow.of("Sintel", folder.resolve("downloads")).insert(server.part(Database.class));
            volume(server, pack, 0, null);
            volume(server, pack, 1, 2L);
            var api = new ApiCaller(server);
            var text = api.send("", api.request("/metrics").GET());
            assertThat(text.headers().firstValue("content-type").orElse("")).startsWith("text/plain;version=0.0.4");
            assertThat(text.body().lines())
                    .contains(
                            "transpack_packs{state=\"queued\"} 1.0",
                            "transpack_up{part=\"database\"} 1.0",
                            "transpack_rate_limit_bytes_per_second 1048576.0",
                            "transpack_stored_bytes 600.0")
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                    .anyMatch(line -> line.startsWith("transpack_downloads_free_bytes "));
        }
    }

    private static void volume(WebServer server, String pack, int n, @Nullable Long deleted) {
        server.part(Database.class)
                .writes()
                .sql("insert into volumes (pack_id, n, name, size, object_key, part_size, completed_at, deleted_at)"
                        + " values (?, ?, 'a.rar', 600, ?, 100, 1, ?)")
                .param(pack)
                .param(n)
                .param("key " + n)
                .param(deleted)
                .update();
    }

    private WebServer start(Map<String, String> settings) throws Exception {
        var all = new HashMap<>(Map.of(
                "transmission.url",
                "http://127.0.0.1:1/rpc",
                "downloads.dir",
                Files.createDirectories(folder.resolve("downloads")).toString()));
        all.putAll(settings);
        return WebServer.start(folder.resolve("data"), all);
    }

    private static Map<String, String> withoutTransmission(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("transmission.url", "none");
        return all;
    }

    private static Map<String, String> destination(String name, String endpoint, String bucket) {
        var group = "destinations." + name;
        return Map.of(
                group + ".endpoint",
                endpoint,
                group + ".bucket",
                bucket,
                group + ".access-key",
                S3Server.ACCESS_KEY,
                group + ".secret-key",
                S3Server.SECRET_KEY);
    }

    private static void assertReady(WebServer server, int status, String body) throws Exception {
        Eventually.until("it says " + body, () -> {
            var answer = ready(server);
            return answer.statusCode() == status && answer.body().equals(body);
        });
    }

    private static HttpResponse<String> ready(WebServer server) throws Exception {
        return server.browser().get("/health/ready");
    }
}
