package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.LocalToken;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.command.AppSettings;
import dev.transpack.command.Server;
import dev.transpack.database.Backup;
import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.OlderInstallation;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TransmissionDaemon;
import dev.transpack.settings.Secret;
import dev.transpack.settings.SettingsSource;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes the fixture that later versions are upgraded from: an installation of this version that has been used for
/// everything, with rows in every table. No test: `scripts/upgrade-fixture.sh` runs it when a version is released.
class UpgradeFixtureMaker {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FIRST_TWO_PARTS_AND_MORE = 12 << 20;

    @TempDir
    Path home;

    private Server server;
    private Browser api;

    @Test
    @Timeout(300)
    void make() throws Exception {
        var downloads = home.resolve(OlderInstallation.DOWNLOADS);
        try (var daemon = TransmissionDaemon.start(home);
                var relay = S3Relay.before(S3Server.shared())) {
            downloads(downloads);
            daemon.seed("Gone");
            server = Server.start(
                    AppSettings.read(SettingsSource.of(settings(daemon, relay))), Server.Role.WEB_AND_WORKER);
            people();
            Eventually.until(
                    "sizes are known",
                    () -> get("/downloads")
                            .path("items")
                            .valueStream()
                            .allMatch(item -> item.path("bytes").asLong() > 0));
            ready();
            served();
            purged();
            resting(relay);
            post("/limit", Map.of("limit", "100m"));
            queuedWhenItStops(relay);
        }
        assertRowsInEveryTable();
        var database = DatabaseSettings.file(data().resolve("transpack.db"));
        var backup = home.resolve(OlderInstallation.BACKUP);
        var header = new Backup(database, data(), "fixture", InstantSource.system()).create(backup, false);
        OlderInstallation.keep(home, header.schema());
    }

    private static void downloads(Path downloads) throws Exception {
        for (var name : new String[] {"Sintel", "Here", "Gone", "Resting", "Queued"}) {
            Folders.file(downloads.resolve(name), "film.mkv", 10_000);
            Folders.file(downloads.resolve(name), "subs/en.srt", 100);
        }
        Folders.file(downloads.resolve("Sintel"), "con.txt", 10);
        // Nothing but zeros, which the fixture keeps in a few bytes.
        try (var file =
                new RandomAccessFile(downloads.resolve("Resting/long.mkv").toFile(), "rw")) {
            file.setLength(FIRST_TWO_PARTS_AND_MORE);
        }
        OlderInstallation.settle(downloads);
    }

    private void people() throws Exception {
        server.part(Accounts.class).create("ann", Role.MEMBER, new Secret(WebServer.PASSWORD), false, Who.local());
        var browser = new Browser(server.port(), "");
        browser.signIn("ann", WebServer.PASSWORD);
        api = new Browser(server.port(), "");
        var token = new LocalToken(data()).read().orElseThrow().reveal();
        api.headers.put("Authorization", "Bearer " + token);
    }

    private void ready() throws Exception {
        var id = send("Sintel", Map.of());
        until(id, "READY");
        post("/packs/" + id + "/links", Map.of());
        post("/packs/" + id + "/verify", Map.of("quick", true));
        untilJobsAreDone();
    }

    private void served() throws Exception {
        var id = send("Here", Map.of("destination", "here"));
        until(id, "READY");
        post("/packs/" + id + "/links", Map.of());
    }

    private void purged() throws Exception {
        var id = send("Gone", Map.of());
        until(id, "READY");
        post("/packs/" + id + "/purge", Map.of("from", new String[] {"disk", "torrent"}));
        untilJobsAreDone();
    }

    /// Paused behind its first part, and under a password.
    private void resting(S3Relay relay) throws Exception {
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        relay.on(
                message -> message.kind() == S3Message.Kind.PART && message.number() == 2,
                1,
                S3Fault.hold(arrived, release));
        var id = send("Resting", Map.of("password", "a password"));
        arrived.acquire();
        Eventually.until(
                "a part is accepted",
                () -> server.part(Database.class)
                                .reads()
                                .sql("select count(*) from parts")
                                .query(Integer.class)
                                .single()
                        > 0);
        post("/packs/" + id + "/pause", Map.of());
        Eventually.until(
                "it rests",
                () -> get("/jobs")
                        .path("items")
                        .valueStream()
                        .anyMatch(job -> job.path("state").asString().equalsIgnoreCase("paused")));
        release.countDown();
    }

    private void queuedWhenItStops(S3Relay relay) throws Exception {
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        relay.on(S3Message.Kind.PART, 1, S3Fault.hold(arrived, release));
        send("Queued", Map.of());
        arrived.acquire();
        // Last, for the next one who signs in forgets it.
        new Browser(server.port(), "").signIn("ann", "wrong");
        server.close();
        release.countDown();
    }

    private String send(String download, Map<String, Object> more) throws Exception {
        var id = get("/downloads")
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(download))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        var wish = new HashMap<>(more);
        wish.put("download", id);
        return post("/packs", wish).path("id").asString();
    }

    private void until(String pack, String state) throws Exception {
        Eventually.until(
                "the pack is " + state,
                () -> get("/packs/" + pack).path("state").asString().equalsIgnoreCase(state));
    }

    private void untilJobsAreDone() throws Exception {
        Eventually.until(
                "all is done",
                () -> get("/jobs")
                        .path("items")
                        .valueStream()
                        .allMatch(job -> job.path("state").asString().equalsIgnoreCase("done")));
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(api.get("/api/v1" + path).body());
    }

    private JsonNode post(String path, Map<String, Object> body) throws Exception {
        var answer = api.send(api.request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return JSON.readTree(answer.body());
    }

    private void assertRowsInEveryTable() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("transpack.db"));
                var statement = connection.createStatement()) {
            var names = new ArrayList<String>();
            var tables = statement.executeQuery("select name from sqlite_master where type = 'table'");
            while (tables.next()) names.add(tables.getString(1));
            var empty = new ArrayList<String>();
            for (var name : names)
                if (statement.executeQuery("select count(*) from " + name).getInt(1) == 0) empty.add(name);
            assertThat(empty).as("tables without rows").isEmpty();
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    private Path data() {
        return home.resolve(OlderInstallation.DATA);
    }

    private Map<String, String> settings(TransmissionDaemon daemon, S3Relay relay) {
        var rpc = daemon.connection();
        return Map.ofEntries(
                Map.entry("data-dir", data().toString()),
                Map.entry("server.port", "0"),
                Map.entry("node.name", "here"),
                Map.entry("jobs.parallel", "1"),
                Map.entry("transmission.url", rpc.url().toString()),
                Map.entry("transmission.username", rpc.username()),
                Map.entry("transmission.password", rpc.password().reveal()),
                Map.entry("upload.part-size", "5m"),
                Map.entry("destinations.here.type", "box"),
                Map.entry("destinations.bucket.default", "true"),
                Map.entry("destinations.bucket.endpoint", relay.endpoint().toString()),
                Map.entry("destinations.bucket.bucket", S3Server.shared().newBucket()),
                Map.entry("destinations.bucket.access-key", S3Server.ACCESS_KEY),
                Map.entry("destinations.bucket.secret-key", S3Server.SECRET_KEY));
    }
}
