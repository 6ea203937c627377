package dev.transpack.web;

import static dev.transpack.web.ApiCaller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a program sends, the answer is a problem it can act on.
@Timeout(120)
class ApiProblemsTest {
    private static WebServer server;
    private static ApiCaller api;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        var downloads = Files.createDirectory(folder.resolve("downloads"));
        server = WebServer.start(
                folder.resolve("data"), Map.of("transmission.url", "none", "downloads.dir", downloads.toString()));
        api = new ApiCaller(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void withoutATokenNothingIsGiven() throws Exception {
        assertProblem(api.stranger().get("/api/v1/packs"), 401, "sign-in-needed", "Authorization: Bearer");
        assertProblem(api.stranger().get("/api/v1/openapi.json"), 401, "sign-in-needed", "Bearer");
        assertProblem(api.stranger().get("/api/v1/nothing"), 401, "sign-in-needed", "Bearer");
    }

    @Test
    void aWrongTokenIsRefusedAndNotIgnored() throws Exception {
        var stranger = api.stranger();
        stranger.headers.put("Authorization", "Bearer tp_" + "x".repeat(43));
        assertProblem(stranger.get("/api/v1/packs"), 401, "token-refused", "token create");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/packs/a/b/c", "/", "/downloadsx"})
    void anUnknownAddressIsNotFound(String path) throws Exception {
        assertProblem(api.answer(path), 404, "not-found", "/api/v1/openapi.json");
    }

    @Test
    void aTimetableWithAnEntryThatIsNothingIsRefused() throws Exception {
        var answer = api.send("POST", "/limit", "{\"timetable\":[null]}");
        assertProblem(answer, 422, "wrong-request", "'null' is no entry of a timetable");
    }

    @Test
    void aMethodThatAnAddressDoesNotKnowIsNamed() throws Exception {
        var answer = api.send("DELETE", "/packs", "");
        assertProblem(answer, 405, "method-not-allowed", "DELETE");
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"download":           | not JSON
            {"download": "a"} {}   | one JSON object
            []                     | one JSON object
            "text"                 | one JSON object
            ``                     | one JSON object
            {"downlaod": "a"}      | no field 'downlaod'; there are destination, download,
            {"download": 7}        | 'download' takes a text
            {"download": {"a": 1}} | 'download' takes a text
            {"password": 7}        | 'password' takes a text
            {"password": {"value": "a"}} | 'password' takes a text
            {"volumeSize": "big"}  | 'volumeSize' takes a whole number
            {"volumeSize": 1.5}    | 'volumeSize' takes a whole number
            {"upload": "yes"}      | 'upload' takes true or false
            {"only": "a"}          | 'only' takes a list
            {"level": 99999999999} | too large
            {"name": "a", "name": "b"} | not JSON
            """)
    void aBodyThatCannotBeReadIsExplained(String body, String sentence) throws Exception {
        assertProblem(api.send("POST", "/packs", body), 400, "malformed", sentence);
    }

    @Test
    void aBodyNestedWithoutEndIsRefused() throws Exception {
        assertProblem(api.send("POST", "/packs", "{\"x\":" + "[".repeat(100_000)), 400, "malformed", "");
        assertProblem(api.send("POST", "/packs", "[".repeat(100_000)), 400, "malformed", "");
    }

    @Test
    void aTextThatIsTooLongIsRefused() throws Exception {
        assertProblem(
                api.send("POST", "/packs", "{\"name\":\"" + "x".repeat(1 << 20) + "\"}"), 413, "too-large", "too long");
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        var many = "\"" + "x".repeat(1_000) + "\",";
        assertProblem(
                api.send("POST", "/packs", "{\"only\":[" + many.repeat(6_000) + "\"\"]}"),
                413,
                "too-large",
                "too long");
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() throws Exception {
        assertProblem(
                api.send("POST", "/packs", "application/x-www-form-urlencoded", "download=a"),
                415,
                "not-json",
                "application/json");
    }

    @Test
    void anAnswerInAnotherFormCannotBeHad() throws Exception {
        var answer = api.send("/jobs", api.request("/jobs").header("Accept", "image/png"));
        assertProblem(answer, 406, "not-acceptable", "Accept");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/packs?limit=0,A limit is",
                "/packs?limit=1001,A limit is",
                "/packs?limit=ten,The value of 'limit'",
                "/packs?cursor=abc,This cursor",
                "/packs?cursor=_____,This cursor",
                "/packs?state=lost,'state' is one of queued",
                "/jobs?state=%00,'state' is one of queued",
                "/jobs?cursor=!!!,This cursor",
                "/downloads?limit=-1,A limit is",
                "/downloads?sort=colour,'sort' is one of name",
                "/downloads?status=lost,'status' is one of all",
                "/downloads?cursor=LTU,This cursor",
                "/links?limit=0,A limit is",
            })
    void aWrongParameterIsNamed(String path, String sentence) throws Exception {
        assertProblem(api.answer(path), 400, "wrong-parameter", sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "a%0Ab",
                "%3Cimg%20src=x%3E",
                "'%20or%201=1--",
                "00000000000000000000000000000000",
                "%F0%9F%8E%AC"
            })
    void anIdThatIsNoneIsNeverAPathNorSql(String id) throws Exception {
        for (var path : new String[] {"/packs/" + id + "/volumes", "/downloads/" + id + "/files"}) {
            var answer = api.answer(path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .as(path)
                    .startsWith("application/problem+json");
        }
    }

    @Test
    void anEndlessIdIsNotFound() throws Exception {
        assertProblem(api.answer("/packs/" + "x".repeat(5_000)), 404, "not-found", "There is no pack");
    }
}
