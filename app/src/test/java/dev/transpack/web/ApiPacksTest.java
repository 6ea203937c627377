package dev.transpack.web;

import static dev.transpack.web.ApiCaller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.Audit;
import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.settings.Secret;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Packs and links as programs ask for them, follow and steer them. Nothing works on them here: what a request leaves
/// stays as it is.
@Timeout(120)
class ApiPacksTest {
    private static WebServer server;
    private static ApiCaller api;
    private static Path downloads;
    private static int made;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        downloads = Files.createDirectory(folder.resolve("downloads"));
        var settings = new HashMap<>(Map.of("transmission.url", "none", "downloads.dir", downloads.toString()));
        settings.putAll(Map.of(
                "destinations.box.bucket", "bucket",
                "destinations.box.endpoint", "http://127.0.0.1:1",
                "destinations.box.access-key", "a",
                "destinations.box.secret-key", "s"));
        server = WebServer.start(folder.resolve("data"), settings);
        api = new ApiCaller(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRequestIsTakenAndCanBeFollowed() throws Exception {
        var answer = api.send("POST", "/packs", "{\"download\": \"" + download() + "\", \"name\": \"Mine\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        var pack = ApiCaller.json(answer);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/api/v1/packs/" + pack.path("id").asString());
        assertThat(pack.path("name").asString()).isEqualTo("Mine");
        assertThat(pack.path("state").asString()).isEqualTo("queued");
        assertThat(pack.path("destination").asString()).isEqualTo("box");
        assertThat(pack.path("createdAt").asString()).endsWith("Z");
        assertThat(pack.path("progress").path("job").asString()).isEqualTo("send-pack");
        assertThat(api.get("/packs/" + pack.path("id").asString())).isEqualTo(pack);
    }

    @Test
    void whatIsLeftOutAndWhatNamesAreLikeIsKeptWithThePack() throws Exception {
        var choice = "\"only\": [\"*.mkv\"], \"exclude\": [\"!a\"], \"presets\": [\"junk\"], \"portableNames\": true";
        var taken = api.send("POST", "/packs", "{\"download\": \"" + download() + "\", " + choice + "}");
        assertThat(taken.statusCode()).isEqualTo(202);
        var request = server.part(Packs.class)
                .get(ApiCaller.json(taken).path("id").asString())
                .request();
        assertThat(request.only()).containsExactly("*.mkv");
        assertThat(request.leavesOut()).containsExactly("junk", "!a");
        assertThat(request.form().hasPortableNames()).isTrue();
    }

    @Test
    void theSameKeyMakesOnePack() throws Exception {
        var body = "{\"download\": \"" + download() + "\"}";
        var first = send(body, "key-1");
        assertThat(send(body, "key-1")).isEqualTo(first);
        assertProblem(api.send("POST", "/packs", body), 409, "already-sending", "on its way");
    }

    @Test
    void aKeyThatIsTooLongIsRefused() throws Exception {
        var request = api.request("/packs").header("Idempotency-Key", "k".repeat(100));
        var answer = api.send(
                "",
                request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"download\":\"x\"}")));
        assertProblem(answer, 400, "wrong-parameter", "Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                   | 'download' is missing
            {"download": " "}                    | 'download' is missing
            {"download": "ID", "level": 3}       | rar-binary
            {"download": "ID", "recovery": 101}  | 0 (none) to 100
            {"download": "ID", "format": "lzh"}  | one of rar, zip, tar
            {"download": "ID", "volumeSize": 0}  | bytes above 0
            {"download": "ID", "volumeSize": 10} | 5 MiB or more
            {"download": "ID", "name": ""}       | 'name' has
            {"download": "ID", "password": ""}   | 'password' has
            {"download": "ID", "only": [""]}     | list of paths
            {"download": "ID", "only": [null]}   | list of paths
            {"download": "ID", "exclude": ["["]} | not a pattern
            {"download": "ID", "format": "rar-binary", "portableNames": true} | takes names as they are
            {"download": "ID", "presets": ["books"]} | one of samples, junk
            {"download": "ID", "destination": "moon"} | no destination 'moon'
            """)
    void whatCannotBeDoneIsRefusedWithTheRemedy(String body, String sentence) throws Exception {
        assertProblem(api.send("POST", "/packs", body.replace("ID", download())), 422, "wrong-request", sentence);
    }

    @Test
    void aPasswordIsTakenAndNeverPrinted() throws Exception {
        var body = "{\"download\": \"" + download() + "\", \"password\": \"open sesame\"}";
        var request = JsonMapper.builder().build().readValue(body, ApiPackRequest.class);
        assertThat(request.toRequest().password()).isEqualTo(new Secret("open sesame"));
        assertThat(request.toString()).contains("password=***").doesNotContain("sesame");
        assertThat(api.send("POST", "/packs", body).statusCode()).isEqualTo(202);
    }

    @Test
    void aDownloadThatIsNotThereIsNotFound() throws Exception {
        var body = "{\"download\": \"" + "0".repeat(32) + "\"}";
        assertProblem(api.send("POST", "/packs", body), 404, "no-such-download", "no such download");
        assertProblem(
                api.send("POST", "/packs", "{\"download\": \"../../etc/passwd\"}"), 404, "no-such-download", "no such");
    }

    @Test
    void aQueuedPackIsCancelledOnceAndHasNothingToShowYet() throws Exception {
        var id = pack();
        assertThat(api.get("/packs/" + id + "/volumes").path("items").size()).isZero();
        assertThat(api.get("/packs/" + id + "/files").path("items").size()).isZero();
        assertProblem(api.answer("/packs/" + id + "/manifest"), 409, "not-ready", "queued");
        assertProblem(api.answer("/packs/" + id + "/checksums.sfv"), 409, "not-ready", "queued");
        assertProblem(api.send("POST", "/packs/" + id + "/home", ""), 409, "wrong-state", "only one that is ready");
        assertProblem(api.send("POST", "/packs/" + id + "/upload", ""), 409, "wrong-state", "'upload': false");
        assertProblem(api.send("POST", "/packs/" + id + "/retry", ""), 409, "wrong-state", "cannot be retried");
        assertThat(api.post("/packs/" + id + "/cancel", "").path("id").asString())
                .isEqualTo(id);
    }

    @Test
    void aPackRestsAndGoesOnAloneAndWithAllOthers() throws Exception {
        var id = pack();
        assertThat(rests(api.post("/packs/" + id + "/pause", ""))).isTrue();
        assertProblem(api.send("POST", "/packs/" + id + "/pause", ""), 409, "wrong-state", "does not rest");
        assertProblem(api.send("POST", "/packs/" + id + "/retry", ""), 409, "wrong-state", "cannot be retried");
        assertThat(rests(api.post("/packs/" + id + "/resume", ""))).isFalse();
        assertProblem(api.send("POST", "/packs/" + id + "/resume", ""), 409, "wrong-state", "only one that rests");
        assertThat(api.post("/packs/pause", "").path("packs").asInt()).isPositive();
        assertThat(rests(api.get("/packs/" + id))).isTrue();
        assertThat(api.post("/packs/pause", "").path("packs").asInt()).isZero();
        assertThat(api.post("/packs/resume", "").path("packs").asInt()).isPositive();
        assertThat(rests(api.get("/packs/" + id))).isFalse();
    }

    @Test
    void allThatAreOnTheirWayHaveAnotherPriority() throws Exception {
        var id = pack();
        assertThat(api.post("/packs/priority", "{\"priority\": \"low\"}")
                        .path("packs")
                        .asInt())
                .isPositive();
        assertThat(api.get("/packs/" + id).path("progress").path("priority").asString())
                .isEqualTo("low");
        assertProblem(api.send("POST", "/packs/priority", "{}"), 422, "wrong-request", "high, normal or low");
    }

    @Test
    void whatFailedOrWaitsGoesAgainAndWhatIsOnItsWayEndsAllAtOnce() throws Exception {
        var failed = pack();
        var waiting = pack();
        assertThat(api.post("/packs/retry", "").path("packs").asInt()).isZero();
        server.part(Packs.class).failed(failed, "It failed.");
        job(failed, "FAILED");
        job(waiting, "WAITING");
        assertThat(api.post("/packs/retry", "").path("packs").asInt()).isEqualTo(2);
        for (var id : List.of(failed, waiting)) {
            var pack = api.get("/packs/" + id);
            assertThat(pack.path("state").asString()).isEqualTo("queued");
            assertThat(pack.path("progress").path("state").asString()).isEqualTo("queued");
        }
        assertThat(api.post("/packs/cancel", "").path("packs").asInt()).isGreaterThanOrEqualTo(2);
        for (var id : List.of(failed, waiting))
            assertThat(server.part(Jobs.class).latest(id).orElseThrow().cancelRequested())
                    .isTrue();
        assertThat(api.post("/packs/cancel", "").path("packs").asInt()).isZero();
        job(waiting, "WAITING"); // what was sent could not be taken back yet
        assertThat(api.post("/packs/retry", "").path("packs").asInt()).isZero();
        assertThat(server.part(Jobs.class).latest(waiting).orElseThrow().cancelRequested())
                .isTrue();
    }

    private static void job(String pack, String state) {
        var database = server.part(Database.class);
        database.inTransaction(() -> database.writes()
                .sql("update jobs set state = ? where subject = ?")
                .params(state, pack)
                .update());
    }

    private static boolean rests(JsonNode pack) {
        return pack.path("progress").path("state").asString().equals("paused");
    }

    @Test
    void aReadyPackIsMarkedAsHomeByTheAccountAndThatIsRecorded() throws Exception {
        var id = pack();
        server.part(Packs.class).sending(id);
        server.part(Packs.class).sealed(id, Pack.Grade.STRONG, new Pack.Manifest("key", null, null));
        var home = api.post("/packs/" + id + "/home", "");
        assertThat(home.path("homeAt").asString()).isNotBlank();
        assertThat(home.path("homeBy").asString()).isEqualTo("admin");
        assertThat(server.part(Audit.class).newest(1).getFirst())
                .satisfies(deed -> assertThat(deed.action()).isEqualTo("pack-home"))
                .satisfies(deed -> assertThat(deed.subject()).startsWith(id));
        assertProblem(api.send("POST", "/packs/" + id + "/cancel", ""), 409, "wrong-state", "is ready");
    }

    @Test
    void anUnreachableBucketIsASentenceAndNoAccident() throws Exception {
        var id = pack();
        server.part(Packs.class).sending(id);
        server.part(Packs.class).sealed(id, Pack.Grade.STRONG, new Pack.Manifest("key", null, null));
        assertProblem(api.answer("/packs/" + id + "/manifest"), 503, "unavailable", "127.0.0.1:1");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,''",
        "GET,/files",
        "GET,/volumes",
        "GET,/manifest",
        "GET,/checksums.sfv",
        "POST,/cancel",
        "POST,/retry",
        "POST,/upload",
        "POST,/home",
        "POST,/links"
    })
    void aPackThatIsNotThereIsNotFound(String method, String rest) throws Exception {
        assertProblem(api.send(method, "/packs/none" + rest, ""), 404, "not-found", "There is no pack none");
    }

    @Test
    void pagesOfPacksTogetherAreTheListAlsoWhenMadeAtTheSameMoment() throws Exception {
        for (var i = 0; i < 5; i++) pack();
        server.part(Database.class)
                .writes()
                .sql("update packs set created_at = 7")
                .update();
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = api.get("/packs?limit=2" + cursor);
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
        assertThat(api.get("/packs").path("items").size()).isEqualTo(seen.size());
        assertThat(api.get("/packs?state=purged").path("items").size()).isZero();
        assertThat(api.get("/jobs?state=queued&limit=1").path("items").size()).isEqualTo(1);
    }

    @Test
    void packsAreFoundByIdOrAPartOfTheirName() throws Exception {
        var id = pack();
        var name = "100%_" + id + "!É";
        server.part(Database.class)
                .writes()
                .sql("update packs set name = ? where id = ?")
                .params(name, id)
                .update();
        pack();
        for (var text : List.of(id, name, "%_" + id, id.toUpperCase(Locale.ROOT), "!É"))
            assertThat(api.get("/packs?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                            .path("items")
                            .valueStream()
                            .map(item -> item.path("id").asString()))
                    .containsExactly(id);
        assertThat(api.get("/packs?q=0%25" + id).path("items").size()).isZero();
    }

    @Test
    void aLinkIsMadeListedAndRevoked() throws Exception {
        var id = pack();
        var answer = api.send("POST", "/packs/" + id + "/links", "{\"expiresIn\": \"12h\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        var link = ApiCaller.json(answer);
        assertThat(link.path("url").asString()).startsWith("http://localhost:").contains("/d/");
        assertThat(link.path("live").asBoolean()).isTrue();
        assertThat(api.get("/links?pack=" + id).path("items").path(0)).isEqualTo(link);
        assertThat(api.get("/links").path("items").valueStream()).contains(link);
        for (var twice = 0; twice < 2; twice++)
            assertThat(api.send("DELETE", "/links/" + link.path("id").asString(), "")
                            .statusCode())
                    .isEqualTo(204);
        assertThat(api.get("/links?pack=" + id)
                        .path("items")
                        .path(0)
                        .path("live")
                        .asBoolean())
                .isFalse();
        assertProblem(api.send("DELETE", "/links/none", ""), 404, "not-found", "There is no link none");
    }

    @Test
    void theLinksOfAPackAreAPagedList() throws Exception {
        var pack = pack();
        for (var i = 0; i < 3; i++) api.send("POST", "/packs/" + pack + "/links", "");
        api.send("POST", "/packs/" + pack() + "/links", "");
        var first = api.get("/links?limit=2&pack=" + pack);
        var rest = api.get("/links?limit=2&pack=" + pack + "&cursor="
                + first.path("nextCursor").asString());
        assertThat(first.path("items")).hasSize(2);
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("nextCursor").asString("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "forever", "0m", "366d", "-1h", "PT1S"})
    void aLifetimeThatIsNoneIsRefused(String expires) throws Exception {
        var answer = api.send("POST", "/packs/" + pack() + "/links", "{\"expiresIn\": \"" + expires + "\"}");
        assertProblem(answer, 422, "wrong-request", "30m, 12h, 7d");
    }

    @Test
    void theDescriptionHoldsTheApiAndNothingElse() throws Exception {
        var paths = api.get("/openapi.json").path("paths").propertyNames();
        assertThat(paths)
                .allMatch(path -> path.startsWith("/api/v1/"))
                .contains("/api/v1/packs/{id}/cancel", "/api/v1/downloads/{id}/files", "/api/v1/links/{id}");
    }

    private static String download() throws Exception {
        var name = "Film " + made++;
        Files.writeString(downloads.resolve(name), name);
        while (true) {
            var found = api.get("/downloads?limit=1000")
                    .path("items")
                    .valueStream()
                    .filter(item -> item.path("name").asString().equals(name))
                    .findFirst();
            if (found.isPresent()) return found.get().path("id").asString();
            server.pass(Duration.ofSeconds(5));
        }
    }

    private static String pack() throws Exception {
        return api.post("/packs", "{\"download\": \"" + download() + "\"}")
                .path("id")
                .asString();
    }

    private static JsonNode send(String body, String key) throws Exception {
        var request = api.request("/packs")
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        var answer = api.send("", request);
        assertThat(answer.statusCode()).isEqualTo(202);
        return ApiCaller.json(answer);
    }
}
