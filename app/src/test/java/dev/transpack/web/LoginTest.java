package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.AccountChange;
import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.settings.Secret;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
