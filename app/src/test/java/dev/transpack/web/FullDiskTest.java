package dev.transpack.web;

import static dev.transpack.web.ApiCaller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.database.Database;
import dev.transpack.fixtures.PackRow;
import dev.transpack.settings.Secret;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// While the database's disk is full or read-only, a running server still answers what only reads, says why it cannot
/// do the rest, and goes on when that is over.
@Timeout(120)
class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void readingGoesOnAndWritingIsAProblemWithoutATraceInTheLog() throws Exception {
        var downloads = Files.createDirectory(folder.resolve("downloads"));
        var settings = Map.of("transmission.url", "none", "downloads.dir", downloads.toString());
        var logged = new ListAppender<ILoggingEvent>();
        try (var server = WebServer.start(folder.resolve("data"), settings)) {
            var api = new ApiCaller(server);
            var links = "/packs/" + PackRow.of("Sintel", downloads).insert(server.part(Database.class)) + "/links";
            limit(server, 1);
            server.pass(Duration.ofHours(1));
            listen(logged);
            assertThat(api.get("/packs").path("items")).hasSize(1);
            assertProblem(
                    untilRefused(api, links),
                    507,
                    "no-room",
                    "There is no room left on the disk of " + folder.resolve("data") + ": make room there");
            assertThat(logged.list).isNotEmpty().allMatch(event -> event.getThrowableProxy() == null);
            limit(server, 1_000_000);
            assertThat(api.send("POST", links, "{}").statusCode()).isEqualTo(201);
            readOnly(server, "on");
            assertThat(api.get("/packs").path("items")).hasSize(1);
            assertProblem(api.send("POST", links, "{}"), 503, "unavailable", "is read-only: make the file");
            readOnly(server, "off");
            assertThat(api.send("POST", links, "{}").statusCode()).isEqualTo(201);
        } finally {
            root().detachAppender(logged);
        }
    }

    @Test
    void pagesAreShownAndASignInThatCannotBeKeptIsNoTrace() throws Exception {
        var settings = Map.of("transmission.url", "none", "downloads.dir", folder.toString());
        var logged = new ListAppender<ILoggingEvent>();
        try (var server = WebServer.start(folder.resolve("data"), settings)) {
            server.part(Accounts.class).create("ann", Role.MEMBER, new Secret(WebServer.PASSWORD), false, Who.local());
            var early = server.browser();
            early.signIn("ann", WebServer.PASSWORD);
            limit(server, 1);
            server.pass(Duration.ofMinutes(5));
            listen(logged);
            assertThat(early.get("/packs").statusCode()).isEqualTo(200);
            var status = 0;
            for (var n = 0; n < 100 && status != 507; n++)
                status = server.browser().signIn("ann", WebServer.PASSWORD).statusCode();
            assertThat(status).isEqualTo(507);
            assertThat(logged.list).allMatch(event -> event.getThrowableProxy() == null);
        } finally {
            root().detachAppender(logged);
        }
    }

    /// A few may still find room in what the file has.
    private static HttpResponse<String> untilRefused(ApiCaller api, String path) throws Exception {
        var answer = api.send("POST", path, "{}");
        for (var n = 0; answer.statusCode() == 201 && n < 1_000; n++) answer = api.send("POST", path, "{}");
        return answer;
    }

    private static void readOnly(WebServer server, String on) {
        server.part(Database.class).batch().execute("pragma query_only = " + on);
    }

    private static void limit(WebServer server, int pages) {
        server.part(Database.class)
                .writes()
                .sql("pragma max_page_count = " + pages)
                .query(Long.class)
                .single();
    }

    private static void listen(ListAppender<ILoggingEvent> logged) {
        logged.start();
        root().addAppender(logged);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
