package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.LocalToken;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.settings.Secret;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is open and what is not, and what every answer tells the browser.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityTest {
    private WebServer server;
    private Browser stranger;
    private Browser member;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = WebServer.start(folder);
        server.part(Accounts.class).create("anna", Role.MEMBER, new Secret(WebServer.PASSWORD), false, Who.local());
        stranger = server.browser();
        member = server.browser();
        member.signIn("anna", WebServer.PASSWORD);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/packs",
                "/jobs",
                "/refused",
                "/error",
                "/password",
                "/index.html",
                "/dx",
                "/healthy",
                "/assetsx",
                "/login/../packs",
                "/LOGIN"
            })
    void everyPageIsClosedToStrangers(String path) throws Exception {
        var answer = stranger.get(path);
        assertThat(answer.statusCode()).isIn(303, 400);
        if (answer.statusCode() == 303) assertThat(location(answer)).startsWith("/login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/packs", "/api/v1/openapi.json", "/api/", "/api/v1/events", "/api/v2/x"})
    void theApiAnswersStrangersWithAProblem(String path) throws Exception {
        var answer = stranger.get(path);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("\"type\":\"/problems/sign-in-needed\"", "\"status\":401", "token create");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health/live", "/health/ready", "/api/v1/health/live", "/login", "/assets/app.css", "/d/x"})
    void whatIsOpenIsOpen(String path) throws Exception {
        assertThat(stranger.get(path).statusCode()).isIn(200, 404);
    }

    @Test
    void theWayBackIsInTheAddressOfTheLoginPage() throws Exception {
        assertThat(location(stranger.get("/packs?state=READY&q=a%26b")))
                .isEqualTo("/login?return=%2Fpacks%3Fstate%3DREADY%26q%3Da%2526b");
        assertThat(location(stranger.get("/"))).isEqualTo("/login");
        assertThat(location(stranger.get("//evil.example/x"))).doesNotContain("evil");
    }

    @Test
    void aFragmentSendsTheWholePageToTheLogin() throws Exception {
        var fragment = server.browser();
        fragment.headers.put("HX-Request", "true");
        fragment.headers.put("HX-Current-URL", "http://127.0.0.1/packs/7");
        var answer = fragment.get("/packs/7/volumes");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("hx-redirect")).contains("/login?return=%2Fpacks%2F7");
        fragment.headers.put("HX-Current-URL", "http://evil.example//evil.example");
        assertThat(fragment.get("/x").headers().firstValue("hx-redirect")).contains("/login");
    }

    @Test
    void aStreamIsRefusedWithoutARedirect() throws Exception {
        var stream = server.browser();
        stream.headers.put("Accept", "text/event-stream");
        assertThat(stream.get("/packs/events").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/login",
                "/nothing",
                "/api/v1/nothing",
                "/d/nothing",
                "/health/live",
                "/assets/login.css",
                "/assets/nothing",
                "/a;b",
                "/refused"
            })
    void everyAnswerCarriesTheHeaders(String path) throws Exception {
        for (var browser : new Browser[] {stranger, member}) {
            var answer = browser.get(path);
            var headers = answer.headers();
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .as("%s %s", path, answer.statusCode())
                    .startsWith("default-src 'none'")
                    .contains("frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
            assertThat(headers.firstValue("referrer-policy"))
                    .contains(path.startsWith("/d/") ? "no-referrer" : "same-origin");
            assertThat(headers.firstValue("permissions-policy").orElse("")).contains("camera=()");
            assertThat(headers.firstValue("cross-origin-opener-policy")).contains("same-origin");
            assertThat(headers.firstValue("cross-origin-resource-policy")).contains("same-origin");
            assertThat(headers.firstValue("strict-transport-security")).isEmpty();
            assertThat(headers.map().keySet()).doesNotContain("server", "x-powered-by");
            assertThat(answer.body() + headers.map()).doesNotContain("jsessionid", "JSESSIONID");
            if (!path.startsWith("/assets/"))
                assertThat(headers.firstValue("cache-control")).contains("no-store");
        }
    }

    @Test
    void refusalsOfWritesCarryTheHeadersAndNoSessionIdInAnyAddress() throws Exception {
        for (var path : new String[] {"/packs", "/api/v1/packs", "/login", "/logout"}) {
            var answer = stranger.post(path, Map.of("a", "b"));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("content-security-policy")).isPresent();
            assertThat(answer.body() + answer.headers().map()).doesNotContain("jsessionid");
        }
    }

    @Test
    void theCookieIsForThisServerAloneAndLeavesTheDatabaseToSayWhenItEnds() throws Exception {
        var browser = server.browser();
        var in = browser.signIn("anna", WebServer.PASSWORD);
        var cookie = in.headers().allValues("set-cookie").stream()
                .filter(text -> text.startsWith("transpack="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("Path=/;", "HttpOnly", "SameSite=Lax", "Max-Age=34560000");
        assertThat(cookie).doesNotContain("Secure", "Domain");
    }

    @Test
    void aWriteNeedsTheTokenOfThePage() throws Exception {
        var refused = member.post("/logout", Map.of());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This page was too old");
        assertThat(member.post("/logout", Map.of("_csrf", "x".repeat(500))).statusCode())
                .isEqualTo(403);
        var other = server.browser();
        other.signIn("anna", WebServer.PASSWORD);
        assertThat(member.post("/logout", Map.of("_csrf", other.csrf("/password")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(member.get("/password").statusCode()).isEqualTo(200);
    }

    @Test
    void signingInNeedsTheTokenOfTheLoginPage() throws Exception {
        var forged = server.browser()
                .post("/login", Map.of("name", "anna", "password", WebServer.PASSWORD, "_csrf", "forged"));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.headers().allValues("set-cookie")).noneMatch(cookie -> cookie.startsWith("transpack="));
    }

    @Test
    void theApiTakesTheSessionOnlyWithItsHeader() throws Exception {
        var refused = member.send(member.request("/api/v1/nothing").POST(BodyPublishers.ofString("{}")));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("/problems/not-from-our-page", "X-CSRF-TOKEN");
        var token = member.csrf("/password");
        var let = member.send(
                member.request("/api/v1/nothing").header("X-CSRF-TOKEN", token).POST(BodyPublishers.ofString("{}")));
        assertThat(let.statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenNeedsNeitherASessionNorAHeaderOfThePage() throws Exception {
        var program = server.browser();
        program.headers.put(
                "Authorization",
                "bearer "
                        + new LocalToken(server.dataDir()).read().orElseThrow().reveal());
        var answer = program.send(program.request("/api/v1/nothing").POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().allValues("set-cookie")).isEmpty();
        assertThat(program.get("/packs").statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer tp_x", "bearer x", "Bearer <script>"})
    void aWrongTokenIsNotMendedByASession(String header) throws Exception {
        var both = server.browser();
        both.cookies.putAll(member.cookies);
        both.headers.put("Authorization", header);
        assertThat(both.send(both.request("/api/v1/nothing").POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aPasswordForTheProxyInFrontChangesNothing() throws Exception {
        var both = server.browser();
        both.cookies.putAll(member.cookies);
        both.headers.put("Authorization", "Basic YTpi");
        assertThat(both.get("/packs").statusCode()).isEqualTo(200);
        assertThat(both.send(both.request("/api/v1/nothing").POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aHostThatWasMadeUpIsNeverRepeated() throws Exception {
        var answer = RawHttp.ask(server.server().port(), """
                GET /packs HTTP/1.1\r
                Host: evil.example\r
                X-Forwarded-Host: evil.example\r
                Connection: close\r
                \r
                """);
        assertThat(answer).startsWith("HTTP/1.1 303").doesNotContain("evil.example");
    }

    @Test
    void forwardedHeadersOfStrangersAreLies() throws Exception {
        var liar = server.browser();
        liar.headers.put("X-Forwarded-Proto", "https");
        liar.headers.put("X-Forwarded-For", "127.0.0.1");
        var page = liar.get("/login");
        assertThat(page.headers().firstValue("strict-transport-security")).isEmpty();
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("Signing in needs https", "server.trusted-proxies");
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("location").orElse("");
    }
}
