package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.settings.ByteSize;
import dev.transpack.space.Disk;
import dev.transpack.space.SpaceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The doctor's findings, each on its line with the remedy.
@Timeout(180)
class CommandDoctorTest {
    @TempDir
    Path folder;

    @Test
    void whereAllIsWellEveryLineSaysSo() throws Exception {
        var s3 = S3Server.shared();
        var run = doctor("""
                transmission: {url: none}
                downloads: {dir: '%s'}
                destinations: {box: {bucket: %s, endpoint: '%s', access-key: %s, secret-key: %s}}
                """.formatted(
                        Files.createDirectory(folder.resolve("downloads")),
                        s3.newBucket(),
                        s3.endpoint(),
                        S3Server.ACCESS_KEY,
                        S3Server.SECRET_KEY));
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.startsWith("ok    ") || line.startsWith("warn  "));
        assertThat(run.out())
                .contains("settings: all of them can be read")
                .contains("data-dir: ")
                .contains("database: SQLite, ")
                .contains("port: 127.0.0.1:")
                .contains("download folder: ", "can be read, and is empty")
                .contains(
                        "put, multipart, range, presigned address and delete work; addresses with the bucket in the path.",
                        "proven STRONG. Verified checksums: SHA-256, Content-MD5, CRC32C. Conditional writes are honoured");
        assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }

    @Test
    void everyFailureHasItsRemedyAndTheExitCodeIs1() throws Exception {
        var run = doctor("""
                transmission: {url: 'http://127.0.0.1:1/transmission/rpc'}
                downloads: {dir: '%s'}
                destinations: {box: {bucket: bucket, endpoint: 'http://127.0.0.1:1', access-key: a, secret-key: hidden-one}}
                """.formatted(folder.resolve("nowhere")));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("fail  transmission: ", "fail  download folder: ", "Set downloads.dir")
                .contains("fail  destination box (s3://bucket): put: ")
                .doesNotContain("\tat ", "hidden-one", "Exception");
    }

    @Test
    void whatItSawOfADestinationIsRememberedWhereThereIsADatabase() throws Exception {
        var s3 = S3Server.shared();
        var settings = """
                transmission: {url: none}
                destinations: {far: {bucket: %s, endpoint: '%s', access-key: %s, secret-key: %s}}
                """.formatted(s3.newBucket(), s3.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
        var database = DatabaseSettings.file(
                Files.createDirectory(folder.resolve("data")).resolve("transpack.db"));
        Database.open(database).close();

        var run = doctor(settings, "--json");

        assertThat(run.json().valueStream().filter(each -> each.has("facts")).toList())
                .singleElement()
                .satisfies(each -> assertThat(
                                each.path("facts").path("conditionalPut").asString())
                        .isEqualTo("HONOURED"));
        try (var opened = Database.open(database)) {
            assertThat(opened.reads()
                            .sql("select seen from destination_probes where destination = 'far'")
                            .query(String.class)
                            .list())
                    .singleElement()
                    .asString()
                    .contains("\"payloadSha256\":true", "\"problems\":[]");
        }
    }

    @Test
    void aDatabaseThatTakesNothingHidesNoDestination() throws Exception {
        var database = PostgresServer.newDatabase();
        Database.open(database).close();
        var s3 = S3Server.shared();
        var bucket = s3.newBucket();
        var run = doctor(
                """
                transmission: {url: none}
                database: {url: '%s?options=-c%%20default_transaction_read_only=on', username: %s}
                destinations: {far: {bucket: %s, endpoint: '%s', access-key: %s, secret-key: %s}}
                """.formatted(
                                database.url(),
                                database.username(),
                                bucket,
                                s3.endpoint(),
                                S3Server.ACCESS_KEY,
                                S3Server.SECRET_KEY),
                "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json()
                        .valueStream()
                        .map(each -> each.path("level").asString() + " "
                                + each.path("what").asString()))
                .contains("fail database", "ok destination far (s3://" + bucket + ")");
    }

    @Test
    void theWayToWriteAddressesThatWorksIsNamed() throws Exception {
        var s3 = S3Server.shared();
        var run = doctor("""
                transmission: {url: none}
                destinations: {far: {bucket: %s, endpoint: '%s', path-style: false, access-key: %s, secret-key: %s}}
                """.formatted(
                        s3.newBucket(),
                        s3.endpoint().toString().replace("127.0.0.1", "localhost"),
                        S3Server.ACCESS_KEY,
                        S3Server.SECRET_KEY));
        assertThat(run.out()).contains("it works with destinations.far.path-style: true. Set that.");
    }

    @Test
    void withoutADestinationPacksAreServedFromThisBox() throws Exception {
        var run = doctor("transmission: {url: none}\ndownloads: {dir: '%s'}\n".formatted(folder));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "ok    destination box (this box): packs are served from here",
                        "set destinations.<name>.bucket.");
    }

    @Test
    void wrongSettingsAreFindingsToo() throws Exception {
        var run = doctor("server: {port: many}\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("fail  settings: server.port = many: write a whole number");
    }

    @Test
    void programsGetOneDocument() throws Exception {
        var run = doctor("server: {port: many}\n", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().path(0).path("level").asString()).isEqualTo("fail");
        assertThat(run.json().path(0).path("what").asString()).isEqualTo("settings");
    }

    @Test
    void aDataDirectoryOpenToOthersIsAWarning() throws Exception {
        var data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(doctor("transmission: {url: none}\n").out()).contains("warn  data-dir: ", "chmod go-w");
    }

    @Test
    void littleRoomIsAWarningWithTheRemedy() throws Exception {
        assertThat(doctor("transmission: {url: none}\nspace: {disk-low: 1000000g}\n")
                        .out())
                .contains("warn  disk: Only ", "(space.disk-low): make room there, or set data-dir");
    }

    @Test
    void aFullDiskFailsWhateverCountsAsLittle() {
        var few = new SpaceSettings(folder, new ByteSize(1), Duration.ofDays(1));
        var full = DoctorHere.room(new Disk(Disk.Use.DATA, folder, 5 << 20, 1L << 40, false), few);
        assertThat(full.line())
                .startsWith("fail  disk: Only 5.00 MiB are free on the disk of " + folder + ": make room there");
        assertThat(DoctorHere.room(new Disk(Disk.Use.DATA, folder, 1L << 30, 1L << 40, false), few)
                        .line())
                .startsWith("ok    disk: 1.00 GiB free");
    }

    @Test
    void aQuotaThatIsNearlyTakenIsAWarning() throws Exception {
        var file = Files.createDirectory(folder.resolve("data")).resolve("transpack.db");
        try (var database = Database.open(DatabaseSettings.file(file))) {
            var pack = PackRow.of("Film", folder).insert(database);
            database.writes()
                    .sql("insert into volumes (pack_id, n, name, size, object_key, part_size, completed_at)"
                            + " values (?, 0, 'a.rar', 950, 'key', 100, 1)")
                    .param(pack)
                    .update();
        }
        var settings = "transmission: {url: none}\ndestinations: {test: {bucket: one, endpoint: 'http://127.0.0.1:1',"
                + " access-key: a, secret-key: b, quota: %s}}\n";
        assertThat(doctor(settings.formatted("1000")).out())
                .contains("warn  quota of test: The destination 'test' has 50 B of its quota of 0.98 KiB left");
        assertThat(doctor(settings.formatted("1g")).out())
                .contains("ok    quota of test: packs take 950 B of 1.00 GiB.");
    }

    @Test
    void aPortThatSomethingElseHasIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var run = doctor("transmission: {url: none}\nserver: {port: %d}\n".formatted(taken.getLocalPort()));
            assertThat(run.out()).contains("fail  port: 127.0.0.1:" + taken.getLocalPort(), "server.port");
        }
    }

    @Test
    void aPortThatOneOfUsHasIsWell() throws Exception {
        var port = freePort();
        var environment = Map.of(
                "TRANSPACK_DATA_DIR",
                folder.resolve("data").toString(),
                "TRANSPACK_TRANSMISSION_URL",
                "none",
                "TRANSPACK_DOWNLOADS_DIR",
                folder.toString());
        try (var server = TranspackProcess.start(folder, environment, "serve", "--port", port)) {
            var address = URI.create("http://127.0.0.1:" + port);
            Eventually.until("it lives", () -> !server.runs() || Health.of(address));
            var run = doctor("transmission: {url: none}\nserver: {port: %s}\n".formatted(port));
            assertThat(run.out()).contains("ok    port: a server answers at 127.0.0.1:" + port);
        }
    }

    private CommandRun doctor(String settings, String... more) throws IOException {
        var port = settings.contains("port:") ? "" : "server: {port: " + freePort() + "}\n";
        var file = folder.resolve("transpack.yml");
        Files.writeString(file, "data-dir: '" + folder.resolve("data") + "'\n" + port + settings);
        var arguments = new ArrayList<>(List.of("doctor", "--config", file.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
