package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.S3Server;
import dev.transpack.settings.SettingsSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sent, sealed, linked and purged with PostgreSQL below; [CommandJourneyTest] has every turn of it on SQLite.
@Timeout(120)
class JourneyOnPostgresTest {
    @TempDir
    Path folder;

    @Test
    void aDownloadIsSentLinkedAndPurged() throws Exception {
        var s3 = S3Server.shared();
        var bucket = s3.newBucket();
        var film = Folders.film(folder.resolve("downloads"), "Film");
        try (var server =
                Server.start(AppSettings.read(SettingsSource.of(settings(s3, bucket))), Server.Role.WEB_AND_WORKER)) {
            var sent = run(server, "send", "Film", "--wait");
            assertThat(sent.exitCode()).as(sent.err()).isZero();
            var link = URI.create(sent.last().substring("link: ".length()));
            assertThat(status(link)).isEqualTo(200);
            assertThat(s3.filesIn(bucket)).hasSize(2);
            for (var how : new String[][] {{"verify", "Film", "--quick"}, {"verify", "Film"}}) {
                var verified = run(server, how);
                assertThat(verified.exitCode()).as(verified.err()).isZero();
            }
            assertThat(run(server, "packs").out()).contains("strong").doesNotContain("damaged");

            assertThat(run(server, "home", "Film").exitCode()).isZero();
            var purged = run(server, "purge", "Film", "--from", "bucket,disk", "--yes");
            assertThat(purged.exitCode()).as(purged.out() + purged.err()).isZero();
            Eventually.until("it is gone", () -> Files.notExists(film));
            assertThat(s3.filesIn(bucket)).isEmpty();
            assertThat(status(link)).isEqualTo(404);
            assertThat(run(server, "packs").out()).contains("purged");
        }
    }

    @Test
    void aPackOnThisBoxIsFetchedAndPurged() throws Exception {
        var film = Folders.film(folder.resolve("downloads"), "Film");
        var settings = settings(S3Server.shared(), "unused");
        settings.keySet().removeIf(key -> key.startsWith("destinations."));
        try (var server = Server.start(AppSettings.read(SettingsSource.of(settings)), Server.Role.WEB_AND_WORKER)) {
            var sent = run(server, "send", "Film", "--format", "files", "--wait");
            assertThat(sent.exitCode()).as(sent.err()).isZero();
            var link = sent.last().substring("link: ".length());
            assertThat(status(URI.create(link + "/Film/film.mkv"))).isEqualTo(200);
            isOfAnotherMachineAndNotBroken(server, URI.create(link + "/Film/film.mkv"));
            Files.delete(film.resolve("film.mkv"));
            assertThat(status(URI.create(link + "/Film/film.mkv"))).isEqualTo(410);
            assertThat(status(URI.create(link + "/Film/subs/en.srt"))).isEqualTo(200);

            assertThat(run(server, "purge", "Film", "--from", "bucket", "--yes").exitCode())
                    .isZero();
            Eventually.until("it is no longer served", () -> status(URI.create(link)) == 404);
            Eventually.until("it is purged", () -> run(server, "packs").out().contains("purged"));
        }
    }

    /// A node that does not have the files says nothing of them.
    private static void isOfAnotherMachineAndNotBroken(Server server, URI address) throws Exception {
        var rows = server.part(Database.class).writes();
        var root = rows.sql("select root from packs").query(String.class).single();
        rows.sql("update packs set root = 'elsewhere:/downloads'").update();
        assertThat(status(address)).isEqualTo(503);
        assertThat(rows.sql("select count(*) from packs where error is not null")
                        .query(Long.class)
                        .single())
                .isZero();
        rows.sql("update packs set root = ?").param(root).update();
        assertThat(status(address)).isEqualTo(200);
    }

    private Map<String, String> settings(S3Server s3, String bucket) throws Exception {
        Files.writeString(folder.resolve("client.yml"), "data-dir: '" + folder.resolve("data") + "'\n");
        var database = PostgresServer.newDatabase();
        var settings = new HashMap<>(Map.of(
                "data-dir",
                folder.resolve("data").toString(),
                "server.port",
                "0",
                "transmission.url",
                "none",
                "downloads.dir",
                folder.resolve("downloads").toString(),
                "database.url",
                database.url(),
                "database.username",
                database.username()));
        settings.putAll(Map.of(
                "destinations.box.bucket",
                bucket,
                "destinations.box.endpoint",
                s3.endpoint().toString(),
                "destinations.box.access-key",
                S3Server.ACCESS_KEY,
                "destinations.box.secret-key",
                S3Server.SECRET_KEY));
        return settings;
    }

    private CommandRun run(Server server, String... line) {
        var all = new String[line.length + 4];
        System.arraycopy(line, 0, all, 0, line.length);
        all[line.length] = "--url";
        all[line.length + 1] = "http://127.0.0.1:" + server.port();
        all[line.length + 2] = "--config";
        all[line.length + 3] = folder.resolve("client.yml").toString();
        return CommandRun.of(all);
    }

    private static int status(URI address) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
