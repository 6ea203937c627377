package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.Audit;
import dev.transpack.accounts.Role;
import dev.transpack.accounts.Who;
import dev.transpack.command.AppSettings;
import dev.transpack.settings.Secret;
import dev.transpack.settings.SettingsException;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Behind a reverse proxy that is trusted, below a path.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityProxyTest {
    private WebServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = WebServer.start(
                folder, Map.of("server.trusted-proxies", "127.0.0.0/8, 10.0.0.1", "server.base-path", "/box"));
        server.part(Accounts.class).create("anna", Role.MEMBER, new Secret(WebServer.PASSWORD), false, Who.local());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        browser = server.browser();
        server.pass(Duration.ofSeconds(1));
    }

    @Test
    void throughHttpsCookiesAreSecureAndTheSchemeIsPinned() throws Exception {
        sentBy("203.0.113.9", "https");
        var in = browser.signIn("anna", WebServer.PASSWORD);
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("location")).contains("/box/");
        assertThat(in.headers().firstValue("strict-transport-security")).contains("max-age=31536000");
        assertThat(in.headers().allValues("set-cookie"))
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure", "Path=/box", "HttpOnly"));
        assertThat(server.part(Audit.class).newest(1).getFirst().address()).isEqualTo("203.0.113.9");
    }

    @Test
    void overPlainHttpFromElsewhereSigningInIsRefusedWithTheRemedy() throws Exception {
        sentBy("203.0.113.9", "http");
        var page = browser.get("/login");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("Signing in needs https", "server.plain-http-login: true");
        browser.headers.put("X-Forwarded-Proto", "https");
        var csrf = browser.csrf("/login");
        browser.headers.put("X-Forwarded-Proto", "http");
        var post = browser.post("/login", Map.of("name", "anna", "password", WebServer.PASSWORD, "_csrf", csrf));
        assertThat(post.statusCode()).isEqualTo(403);
        assertThat(post.headers().allValues("set-cookie")).noneMatch(cookie -> cookie.startsWith("transpack="));
    }

    @Test
    void aProxyThatDoesNotSayForWhomIsNotThisMachine() throws Exception {
        assertThat(browser.get("/login").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.9                       | 203.0.113.9
            6.6.6.6, 203.0.113.9              | 203.0.113.9
            6.6.6.6, 203.0.113.9, 10.0.0.1    | 203.0.113.9
            6.6.6.6, <script>, 10.0.0.1       | 10.0.0.1
            2001:db8::1                       | 2001:db8:0:0:0:0:0:1
            """)
    void theClientIsTheLastOneThatIsNoProxy(String header, String client) throws Exception {
        sentBy(header, "https");
        browser.signIn("nobody", "wrong password");
        assertThat(server.part(Audit.class).newest(1).getFirst().address()).isEqualTo(client);
    }

    @Test
    void redirectsStayBelowThePathAndNameNoHost() throws Exception {
        sentBy("203.0.113.9", "https");
        assertThat(browser.get("/packs").headers().firstValue("location")).contains("/box/login?return=%2Fpacks");
        assertThat(browser.get("/login").body()).contains("action=\"/box/login\"");
    }

    @Test
    void aProxyThatIsNoAddressIsAWrongSetting() {
        var source = SettingsSource.of(Map.of("server.trusted-proxies", "10.0.0.1, proxy.local, 10.0.0.0/99"));
        assertThatThrownBy(() -> AppSettings.read(source))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.value())
                                .containsExactly("proxy.local", "10.0.0.0/99"));
    }

    private void sentBy(String clients, String scheme) {
        browser.headers.put("X-Forwarded-For", clients);
        browser.headers.put("X-Forwarded-Proto", scheme);
    }
}
