package dev.transpack.web;

import static dev.transpack.web.ApiCaller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Downloads as programs see them: a folder with odd names, and no Transmission.
@Timeout(120)
class ApiDownloadsTest {
    private static final List<String> HOSTILE =
            List.of("$(touch x)", "\"; rm -rf .", "<img src=x onerror=alert(1)>", "\u001b[2J", "🎬".repeat(60), "a\nb");

    private static WebServer server;
    private static ApiCaller api;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        var downloads = Files.createDirectory(folder.resolve("downloads"));
        for (var name : HOSTILE) Files.writeString(downloads.resolve(name), name);
        var film = Files.createDirectories(downloads.resolve("Film/Sample")).getParent();
        Files.writeString(film.resolve("film.mkv"), "x".repeat(1_000));
        Files.writeString(film.resolve("Sample/s.mkv"), "y");
        server = WebServer.start(
                folder.resolve("data"), Map.of("transmission.url", "none", "downloads.dir", downloads.toString()));
        api = new ApiCaller(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void allAreListedWithTheirNamesAsTheyAre() throws Exception {
        var names = names(api.get("/downloads"));
        assertThat(names)
                .contains("Film", "$(touch x)", "\"; rm -rf .", "🎬".repeat(60))
                .hasSize(7);
    }

    @Test
    void pagesTogetherAreTheList() throws Exception {
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = api.get("/downloads?sort=name&limit=2" + cursor);
            assertThat(page.path("items").size()).isBetween(1, 2);
            assertThat(page.path("total").asInt()).isEqualTo(7);
            seen.addAll(names(page));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(7).doesNotHaveDuplicates().isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void theyAreSearchedAndCounted() throws Exception {
        var found = api.get("/downloads?q=FILM&status=loose");
        assertThat(names(found)).containsExactly("Film");
        assertThat(found.path("counts").path("all").path("count").asInt()).isEqualTo(1);
        assertThat(api.get("/downloads?status=seeding").path("items").size()).isZero();
    }

    @Test
    void oneIsFoundByItsIdWithItsFiles() throws Exception {
        var film = api.get("/downloads?q=Film").path("items").path(0);
        var id = film.path("id").asString();
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(film.path("kind").asString()).isEqualTo("folder");
        assertThat(film.path("ready").asBoolean()).isTrue();
        assertThat(film.path("pack").isNull()).isTrue();
        assertThat(api.get("/downloads/" + id).path("name").asString()).isEqualTo("Film");
        var files = api.get("/downloads/" + id + "/files").path("items");
        assertThat(files.valueStream().map(file -> file.path("path").asString()))
                .containsExactly("Sample", "Sample/s.mkv", "film.mkv");
        assertThat(files.path(2).path("bytes").asLong()).isEqualTo(1_000);
    }

    @Test
    void anUnknownOneIsNotFound() throws Exception {
        assertProblem(api.answer("/downloads/" + "0".repeat(32)), 404, "no-such-download", "GET /api/v1/downloads");
        assertProblem(api.answer("/downloads/Film"), 404, "no-such-download", "GET /api/v1/downloads");
        assertProblem(api.answer("/downloads/" + "0".repeat(32) + "/files"), 404, "no-such-download", "any more");
    }

    private static List<String> names(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }
}
