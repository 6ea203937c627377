package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.AccountChange;
import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.ApiTokens;
import dev.transpack.accounts.LocalToken;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.database.Database;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.settings.Secret;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signing in, staying signed in and signing out, the same on both databases.
@Timeout(180)
class LoginTest {
    @Nested
    class OnSqlite extends Contract {
        @Override
        Map<String, String> settings() {
            return Map.of();
        }
    }

    @Nested
    class OnPostgres extends Contract {
        @Override
        Map<String, String> settings() {
            return WebServer.database(PostgresServer.newDatabase());
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract {
        private WebServer server;
        private Browser browser;
        private int made;

        abstract Map<String, String> settings();

        @BeforeAll
        void start(@TempDir Path folder) {
            server = WebServer.start(folder, settings());
        }

        @AfterAll
        void stop() {
            server.close();
        }

        @BeforeEach
        void open() {
            server.pass(Duration.ofHours(1));
            browser = server.browser();
        }

        @Test
        void theFirstPasswordOpensNothingButThePasswordForm() throws Exception {
            var first = server.server().firstPassword().orElseThrow();
            var in = browser.signIn(first.user(), first.password().reveal());
            assertThat(in.statusCode()).isEqualTo(303);
            assertThat(location(in)).isEqualTo("/password");
            assertThat(location(browser.get("/anything"))).isEqualTo("/password");
            assertThat(browser.get("/api/v1/anything").statusCode()).isEqualTo(403);
            assertThat(browser.get("/api/v1/anything").body()).contains("/problems/password-change-needed");
            var chosen = "a new long password";
            var change = browser.submit(
                    "/password", Map.of("current", first.password().reveal(), "chosen", chosen, "again", chosen));
            assertThat(location(change)).isEqualTo("/");
            assertThat(browser.get("/api/v1/anything").statusCode()).isEqualTo(404);
        }

        @Test
        void wrongNamesAndWrongPasswordsReadTheSame() throws Exception {
            var name = member();
            var wrong = browser.signIn(name, "wrong password");
            var nobody = browser.signIn("nobody", "wrong password");
            assertThat(wrong.statusCode()).isEqualTo(nobody.statusCode()).isEqualTo(403);
            assertThat(wrong.body()).contains("Name or password is wrong.");
            assertThat(nobody.body()).contains("Name or password is wrong.");
        }

        @Test
        void theSessionIsANewOneAfterSigningIn() throws Exception {
            var name = member();
            browser.cookies.put("transpack", "11111111-2222-3333-4444-555555555555");
            browser.signIn(name, WebServer.PASSWORD);
            var session = browser.cookies.get("transpack");
            assertThat(session).isNotEqualTo("11111111-2222-3333-4444-555555555555");
            assertThat(browser.get("/api/v1/anything").statusCode()).isEqualTo(404);
            browser.cookies.remove("transpack");
            assertThat(browser.get("/api/v1/anything").statusCode()).isEqualTo(401);
        }

        @Test
        void guessingIsAnsweredWithTheTimeToWait() throws Exception {
            var name = member();
            for (int n = 0; n < 5; n++)
                assertThat(browser.signIn(name, "guess " + n).statusCode()).isEqualTo(403);
            var refused = browser.signIn(name, WebServer.PASSWORD);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).contains("60");
            assertThat(refused.body()).contains("Too many attempts from here: try again in 60 seconds.");
            server.pass(Duration.ofSeconds(61));
            assertThat(browser.signIn(name, WebServer.PASSWORD).statusCode()).isEqualTo(303);
        }

        @Test
        void aTokenThatDoesNotWorkIsSlowedDownToo() throws Exception {
            browser.headers.put("Authorization", "Bearer tp_" + "x".repeat(43));
            for (int n = 0; n < 30; n++)
                assertThat(browser.get("/api/v1/anything").statusCode()).isEqualTo(401);
            var refused = browser.get("/api/v1/anything");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).contains("2");
            assertThat(refused.body()).contains("/problems/too-many-attempts", "Try again in 2 seconds");
            browser.headers.put("Authorization", "Bearer " + localToken());
            assertThat(browser.get("/api/v1/anything").statusCode()).isEqualTo(404);
        }

        @Test
        void aRevokedTokenIsRefusedAtOnce() throws Exception {
            var tokens = server.part(ApiTokens.class);
            var owner = server.part(Accounts.class).named(member()).orElseThrow();
            var made = tokens.create(owner, "laptop", null, Who.local());
            browser.headers.put("Authorization", "Bearer " + made.text().reveal());
            assertThat(browser.get("/api/v1/anything").statusCode()).isEqualTo(404);
            tokens.revoke(made.token().id(), Who.local());
            var refused = browser.get("/api/v1/anything");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer error=\"invalid_token\"");
            assertThat(refused.body()).contains("/problems/token-refused", "transpack token create");
        }

        @Test
        void signingOutEndsTheSessionInTheDatabase() throws Exception {
            signedIn();
            var before = sessions();
            assertThat(location(browser.post("/logout", Map.of("_csrf", browser.csrf("/password")))))
                    .isEqualTo("/login");
            assertThat(sessions()).isEqualTo(before - 1);
        }

        @Test
        void aCopiedCookieIsWorthNothingAfterSigningOut() throws Exception {
            signedIn();
            var copy = server.browser();
            copy.cookies.putAll(browser.cookies);
            assertThat(copy.get("/password").statusCode()).isEqualTo(200);
            browser.post("/logout", Map.of("_csrf", browser.csrf("/password")));
            assertThat(copy.get("/password").statusCode()).isEqualTo(303);
        }

        @Test
        void disablingAnAccountEndsItsLiveSession() throws Exception {
            var name = signedIn();
            var accounts = server.part(Accounts.class);
            accounts.setDisabled(accounts.named(name).orElseThrow(), true, Who.local());
            assertThat(browser.get("/password").statusCode()).isEqualTo(303);
            assertThat(browser.signIn(name, WebServer.PASSWORD).body()).contains("This account is disabled");
        }

        @Test
        void changingThePasswordEndsTheOtherSessionsAndRenewsThisOne() throws Exception {
            var name = signedIn();
            var other = server.browser();
            other.signIn(name, WebServer.PASSWORD);
            var session = browser.cookies.get("transpack");
            var fields =
                    Map.of("current", WebServer.PASSWORD, "chosen", "quite another one", "again", "quite another one");
            assertThat(location(browser.submit("/password", fields))).isEqualTo("/");
            assertThat(browser.cookies.get("transpack")).isNotEqualTo(session);
            assertThat(browser.get("/password").statusCode()).isEqualTo(200);
            assertThat(other.get("/password").statusCode()).isEqualTo(303);
        }

        @Test
        void aPasswordThatWillNotDoIsRefusedWithASentence() throws Exception {
            signedIn();
            assertThat(change(WebServer.PASSWORD, "short", "short")).contains("at least 10 characters");
            assertThat(change(WebServer.PASSWORD, "one long password", "two long password"))
                    .contains("The two new passwords differ");
            assertThat(change("wrong", "one long password", "one long password"))
                    .contains("The current password is wrong.");
            assertThat(change(WebServer.PASSWORD, WebServer.PASSWORD, WebServer.PASSWORD))
                    .contains("The new password is the old one");
        }

        @Test
        void aSessionIsWrittenOnceAMinuteAtMost() throws Exception {
            signedIn();
            var at = lastAccess();
            for (int n = 0; n < 5; n++) browser.get("/password");
            assertThat(lastAccess()).isEqualTo(at);
            agoByMillis(61_000);
            browser.get("/password");
            assertThat(lastAccess()).isBetween(at, at + 60_000);
        }

        /// On SQLite there is one writing connection: here the test holds it while the page is asked for.
        @Test
        void aRequestOfASessionNeedsNoWriter() throws Exception {
            signedIn();
            var database = server.part(Database.class);
            var status = database.inTransaction(() -> {
                database.writes()
                        .sql("update destination_probes set probed_at = 0")
                        .update();
                try {
                    return CompletableFuture.supplyAsync(() -> status("/password"))
                            .get(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new AssertionError("the request waits for the writer", e);
                }
            });
            assertThat(status).isEqualTo(200);
        }

        @Test
        void anExpiredSessionIsNone() throws Exception {
            signedIn();
            agoByMillis(SessionConfiguration.IDLE.toMillis() + 1_000);
            assertThat(browser.get("/password").statusCode()).isEqualTo(303);
        }

        @Test
        void aSessionHoldsNothingButItsAccount() throws Exception {
            signedIn();
            browser.get("/password");
            assertThat(server.part(Database.class)
                            .reads()
                            .sql("select a.attribute_name from spring_session_attributes a join spring_session s"
                                    + " on s.primary_id = a.session_primary_id where s.session_id = ?")
                            .param(browser.cookies.get("transpack"))
                            .query(String.class)
                            .list())
                    .hasSize(1);
        }

        @Test
        void strangersLeaveNoSessionBehind() throws Exception {
            var before = sessions();
            browser.get("/login");
            browser.get("/");
            browser.signIn("nobody", "wrong password");
            assertThat(sessions()).isEqualTo(before);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                /packs?state=READY | /packs?state=READY
                //evil.example     | /
                /\\evil.example    | /
                /%5cevil.example   | /
                /%0d%0aX: y        | /
                https:evil.example | /
                https://evil.example | /
                javascript:alert(1) | /
                evil               | /
                /\t/evil.example   | /
                """)
        void afterSigningInOneComesBackToPagesOfOursOnly(String wished, String target) throws Exception {
            var name = member();
            var fields = Map.of("name", name, "password", WebServer.PASSWORD, "return", wished);
            assertThat(location(browser.submit("/login", fields))).isEqualTo(target);
        }

        @Test
        void hostileNamesAndHugeBodiesAreOnlyWrong() throws Exception {
            var name = "<img src=x onerror=alert(1)>";
            assertThat(browser.signIn(name, "wrong").body())
                    .contains("&lt;img src=x")
                    .doesNotContain("<img src=x");
            assertThat(browser.signIn("x".repeat(10_240), "wrong").statusCode()).isEqualTo(403);
            assertThat(browser.signIn("a\u0000b\n", "wr\u0000ng").statusCode()).isEqualTo(403);
            var huge = browser.signIn("x", "y".repeat(300_000));
            assertThat(huge.statusCode()).isBetween(400, 499);
            assertThat(huge.body()).doesNotContain("Exception");
            browser.cookies.put("transpack", "%00'\\\"--");
            assertThat(browser.get("/password").statusCode()).isEqualTo(303);
        }

        private String signedIn() throws Exception {
            var name = member();
            assertThat(browser.signIn(name, WebServer.PASSWORD).statusCode()).isEqualTo(303);
            return name;
        }

        private String change(String current, String chosen, String again) throws Exception {
            return browser.submit("/password", Map.of("current", current, "chosen", chosen, "again", again))
                    .body();
        }

        private String localToken() {
            return new LocalToken(server.dataDir()).read().orElseThrow().reveal();
        }

        private int status(String path) {
            try {
                return browser.get(path).statusCode();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private long sessions() {
            return number("select count(*) from spring_session");
        }

        private long lastAccess() {
            return number("select last_access_time from spring_session where session_id = '"
                    + browser.cookies.get("transpack") + "'");
        }

        private long number(String sql) {
            return server.part(Database.class)
                    .reads()
                    .sql(sql)
                    .query(Long.class)
                    .single();
        }

        private void agoByMillis(long millis) {
            server.part(Database.class)
                    .writes()
                    .sql("update spring_session set last_access_time = last_access_time - ?, expiry_time = expiry_time"
                            + " - ? where session_id = ?")
                    .params(millis, millis, browser.cookies.get("transpack"))
                    .update();
        }

        private String member() {
            var name = "member " + ++made;
            var done = server.part(Accounts.class)
                    .create(name, Role.MEMBER, new Secret(WebServer.PASSWORD), false, Who.local());
            assertThat(done).isInstanceOf(AccountChange.Done.class);
            return name;
        }
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("location").orElse("");
    }
}
