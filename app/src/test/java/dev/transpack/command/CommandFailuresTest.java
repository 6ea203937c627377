package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.transpack.fixtures.TranspackProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong, a command says it in one clear sentence, without a stack trace, and its exit code is not 0.
@Timeout(180)
class CommandFailuresTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"list", "packs", "jobs", "links", "send film", "cancel x", "purge x --dry-run"})
    void withoutAServerTheRemedyIsToStartOne(String line) throws Exception {
        var address = "http://127.0.0.1:" + closedPort();
        var run = client(address, line.split(" "));
        assertSentence(run, "No server answers at " + address + ": start one with 'transpack serve'");
    }

    @Test
    void helpForACommandThatIsNoneIsAnError() {
        var run = CommandRun.of("gett", "--help");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'gett'");
        assertThat(CommandRun.of("pack", "--help").exitCode()).isZero();
    }

    @Test
    void aHostThatIsNoneIsNamed() {
        assertSentence(client("http://nowhere.invalid:1", "list"), "There is no host nowhere.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "ftp://here/", "http://", "http://a b/", "\u001b[2J"})
    void anAddressThatIsNoneIsExplained(String url) {
        var run = client(url, "list");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("TRANSPACK_URL = ", "write an address such as")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource({"200,<html>hello</html>", "200,[1", "404,<html>", "500,oops", "302,moved", "403,{}"})
    void aServerThatIsNotTranspackIsRecognised(int status, String body) throws Exception {
        try (var other = answering(status, body)) {
            assertSentence(client(other.address(), "list"), "does not answer as Transpack does (status " + status);
        }
    }

    @Test
    void aConnectionThatBreaksIsNoStackTrace() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(socket));
            assertSentence(client("http://127.0.0.1:" + socket.getLocalPort(), "list"), "broke");
        }
    }

    @Test
    void aProblemOfTheServerIsItsSentenceWithoutControlCharacters() throws Exception {
        var problem = "{\"type\":\"/problems/x\",\"detail\":\"No \\u001b[2Jway.\"}";
        try (var server = answering(409, problem)) {
            var run = client(server.address(), "list");
            assertThat(run.err().strip()).isEqualTo("No \\x1b[2Jway.");
        }
    }

    @Test
    void theLocalTokenIsShownToTheRunningServerAlone() throws Exception {
        try (var server = answering(401, "{}");
                var other = answering(401, "{}")) {
            var data = Files.createDirectories(folder.resolve("data"));
            Files.writeString(data.resolve("cli-token"), "tp_secret\n");
            client(server.address(), "list");
            assertThat(server.authorization())
                    .as("no server has said where it listens")
                    .isNull();
            Files.writeString(data.resolve("cli-address"), server.address() + "/\n");
            client(server.address().replace("127.0.0.1", "127.0.0.2"), "list");
            assertThat(server.authorization()).isNull();
            assertSentence(client(other.address(), "list"), "wants a token: set TRANSPACK_TOKEN");
            assertThat(other.authorization()).isNull();
            client(server.address().replace("127.0.0.1", "localhost"), "list");
            assertThat(server.authorization()).isEqualTo("Bearer tp_secret");
        }
    }

    @Test
    void withoutAnAddressTheRunningServerIsAsked() throws Exception {
        try (var server = answering(401, "{}")) {
            var data = Files.createDirectories(folder.resolve("data"));
            Files.writeString(data.resolve("cli-token"), "tp_secret\n");
            Files.writeString(data.resolve("cli-address"), server.address() + "/\n");
            var config = Files.writeString(folder.resolve("client.yml"), "data-dir: '" + data() + "'\n");
            assertSentence(CommandRun.of("list", "--config", config.toString()), server.address());
            assertThat(server.authorization()).isEqualTo("Bearer tp_secret");
        }
    }

    @Test
    void aWrongTokenAndNoTokenAreToldApart() throws Exception {
        try (var server = answering(401, "{}")) {
            assertSentence(client(server.address(), "list"), "wants a token: set TRANSPACK_TOKEN");
            var environment = Map.of("TRANSPACK_URL", server.address(), "TRANSPACK_TOKEN", "tp_wrong");
            var ended = TranspackProcess.run(folder, environment, "list");
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).contains("does not accept this token").doesNotContain("\tat ", "tp_wrong");
            assertThat(server.authorization()).isEqualTo("Bearer tp_wrong");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "send",
                "send a b",
                "list --colour",
                "send a --exclude=[",
                "send a --exclude-preset=books",
                "send a --volume-size=huge",
                "link create",
                "purge",
                "purge x --from=cloud",
                "serve --port=high"
            })
    void wrongUsageIsExplainedAndEndsWith2(String line) {
        var run = CommandRun.of(line.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ", "Exception");
    }

    @Test
    void everythingThatIsWrongWithTheSettingsIsSaidAtOnce() throws Exception {
        var file = Files.writeString(folder.resolve("transpack.yml"), """
                server: {port: 99999, colour: red}
                upload: {part-size: 1k}
                destinations: {home: {bucket: b, access-key: a}}
                """);
        var ended = TranspackProcess.run(folder, Map.of(), "serve", "--config", file.toString());
        assertFailed(
                ended,
                "server.port = 99999: write a whole number",
                "server.colour: no such setting",
                "upload.part-size",
                "destinations.home.bucket",
                "destinations.home.secret-key");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var ended = TranspackProcess.run(folder, Map.of("TRANSPACK_DATA_DIR", data()), "serve", "--port", port);
            assertFailed(ended, "Port " + port + " is in use: stop what listens there");
        }
    }

    @Test
    void aDatabaseOfADjangoProgramIsLeftUntouched() throws Exception {
        var file = folder.resolve("django.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("create table django_migrations (id integer)");
        }
        var before = Files.readAllBytes(file).length;
        var ended = TranspackProcess.run(folder, Map.of("DATABASE_URL", "sqlite:///" + file), "worker");
        assertFailed(ended, "belongs to a Django program");
        assertThat(Files.readAllBytes(file)).hasSize(before);
    }

    private static void assertFailed(TranspackProcess.Ended ended, String... said) {
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).contains(said).doesNotContain("\tat ", "Caused by");
        // One sentence; wrong settings have one line each below it.
        var lines = ended.output().lines().toList();
        assertThat(lines.stream().skip(1)).allMatch(line -> line.startsWith("  ") && line.contains(": "));
        assertThat(lines).hasSize(lines.getFirst().equals("Wrong settings:") ? said.length + 1 : 1);
    }

    private static void assertSentence(CommandRun run, String sentence) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(sentence).doesNotContain("Exception");
    }

    private CommandRun client(String url, String... line) {
        var config = folder.resolve("client.yml");
        try {
            Files.writeString(config, "data-dir: '" + data() + "'\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        var arguments = new String[line.length + 4];
        System.arraycopy(line, 0, arguments, 0, line.length);
        System.arraycopy(new String[] {"--url", url, "--config", config.toString()}, 0, arguments, line.length, 4);
        return CommandRun.of(arguments);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void hangUp(ServerSocket socket) {
        try {
            while (true) socket.accept().close();
        } catch (IOException e) {
            // The test is over.
        }
    }

    /// A server that answers the same to everything, and remembers what it was shown.
    private static final class Stranger implements AutoCloseable {
        private final HttpServer server;
        private volatile String authorization;

        private Stranger(int status, String body) throws IOException {
            server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 0);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                authorization = exchange.getRequestHeaders().getFirst("Authorization");
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        String authorization() {
            return authorization;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static Stranger answering(int status, String body) throws IOException {
        return new Stranger(status, body);
    }
}
