package dev.transpack.transmission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.transpack.transmission.TransmissionException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Everything that is not a willing Transmission, each with one sentence and its remedy.
class TransmissionErrorsTest {
    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.stop(0);
    }

    @Test
    void aWebPage() {
        answer(exchange -> reply(exchange, 200, "text/html", "<html>a router</html>"));

        assertComplaint(Kind.NOT_TRANSMISSION, "it answers with a web page; set transmission.url to its address");
    }

    @Test
    void someOtherJson() {
        answer(exchange -> reply(exchange, 200, "application/json", "{\"status\":\"ok\"}"));

        assertComplaint(Kind.NOT_TRANSMISSION, "its answer is not one of Transmission's; set transmission.url");
    }

    @Test
    void aTorrentThatCannotBeUnderstood() {
        answer(exchange -> reply(
                exchange,
                200,
                "application/json",
                "{\"result\":\"success\",\"arguments\":{\"torrents\":[{\"hashString\":\"?\"}]}}"));

        try (var transmission = new Transmission(new TransmissionSettings(address(), "", null))) {
            var e = catchThrowableOfType(TransmissionException.class, transmission::torrents);
            assertThat(e).hasMessageContaining("not an info hash: ?");
            assertThat(e.kind()).isEqualTo(Kind.NOT_TRANSMISSION);
        }
    }

    @Test
    void anEmptyAnswer() {
        answer(exchange -> exchange.sendResponseHeaders(200, -1));

        assertComplaint(Kind.NOT_TRANSMISSION, "set transmission.url");
    }

    @Test
    void anotherPath() {
        answer(exchange -> reply(exchange, 404, "text/plain", ""));

        assertComplaint(Kind.NOT_TRANSMISSION, "it answered with status 404; set transmission.url");
    }

    @Test
    void aConflictWithoutASessionId() {
        answer(exchange -> reply(exchange, 409, "text/plain", ""));

        assertComplaint(Kind.NOT_TRANSMISSION, "status 409 and no session id");
    }

    @Test
    void aSessionIdThatNeverHolds() {
        answer(exchange -> {
            exchange.getResponseHeaders().set("X-Transmission-Session-Id", "another");
            reply(exchange, 409, "text/plain", "");
        });

        assertComplaint(Kind.NOT_TRANSMISSION, "it keeps asking for another session id");
    }

    @Test
    void anAddressThatIsNotOnTheWhiteList() {
        answer(exchange -> reply(exchange, 403, "text/html", "<h1>403: Forbidden</h1>"));

        assertComplaint(Kind.REFUSED, "add its address to rpc-whitelist");
    }

    @Test
    void aHostNameThatIsNotOnTheWhiteList() {
        answer(exchange -> reply(exchange, 421, "text/html", "<h1>421: Misdirected Request</h1>"));

        assertComplaint(Kind.REFUSED, "add it to rpc-host-whitelist");
    }

    @Test
    void aProxyWithNothingBehind() {
        answer(exchange -> reply(exchange, 502, "text/html", "bad gateway"));

        assertComplaint(Kind.UNREACHABLE, "start transmission-daemon");
    }

    @Test
    void aDaemonThatHangsInTheMiddleOfItsAnswer() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            waitForTheEnd();
        });

        assertComplaint(address(), Duration.ofMillis(200), Kind.TIMEOUT, "did not answer within");
    }

    @Test
    void aDaemonThatStopsInTheMiddleOfItsAnswer() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            throw new IOException("gone");
        });

        assertComplaint(Kind.UNREACHABLE, "closed the connection: it may be stopping");
    }

    @Test
    void nothingThere() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertComplaint(
                URI.create("http://127.0.0.1:" + free + "/transmission/rpc"),
                Duration.ofSeconds(10),
                Kind.UNREACHABLE,
                "start transmission-daemon, or correct transmission.url");
    }

    @Test
    void noSuchComputer() {
        assertComplaint(
                URI.create("http://seedbox.invalid:9091/transmission/rpc"),
                Duration.ofSeconds(10),
                Kind.UNREACHABLE,
                "No computer is called seedbox.invalid: correct transmission.url");
    }

    private void answer(Handler handler) {
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
        if (!body.isEmpty()) exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private void waitForTheEnd() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/transmission/rpc");
    }

    private void assertComplaint(Kind kind, String sentence) {
        assertComplaint(address(), Duration.ofSeconds(10), kind, sentence);
    }

    private static void assertComplaint(URI url, Duration patience, Kind kind, String sentence) {
        var settings = new TransmissionSettings(url, "", null);
        try (var transmission = new Transmission(settings, patience, patience)) {
            var e = catchThrowableOfType(TransmissionException.class, transmission::session);
            assertThat(e).hasMessageContaining(sentence).hasMessageContaining(url.getHost());
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.getMessage()).endsWith(".").doesNotContain("Exception");
        }
    }
}
