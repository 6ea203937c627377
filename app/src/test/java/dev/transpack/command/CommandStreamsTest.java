package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Standard output holds what a command answers and nothing else: whatever is logged goes to standard error.
@Timeout(120)
class CommandStreamsTest {
    @TempDir
    Path folder;

    private Path out;
    private Path err;

    @BeforeEach
    void nameTheStreams() {
        out = folder.resolve("out");
        err = folder.resolve("err");
    }

    @Test
    void whatACommandOnTheDatabasePrintsIsItsAnswerAlone() throws Exception {
        assertThat(run("user", "add", "boss", "--role", "administrator").lines())
                .hasSize(2)
                .first()
                .isEqualTo("user: boss");
        assertThat(run("token", "create", "laptop").strip()).matches("tp_[A-Za-z0-9_-]+");
        assertThat(JsonMapper.shared().readTree(run("user", "list", "--json"))).hasSize(1);
        assertThat(JsonMapper.shared().readTree(run("token", "list", "--json"))).hasSize(1);
        assertThat(JsonMapper.shared().readTree(run("doctor", "--json")).isArray())
                .isTrue();
    }

    @Test
    void aServerPrintsItsPageAndTheFirstPasswordAloneAndLogsAsItIsTold() throws Exception {
        var server = start("serve", "--port", "0");
        try {
            Eventually.until("it serves, or it ended", () -> text(out).contains("password: ") || !server.isAlive());
            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(text(out).lines().map(line -> line.replaceAll(": .*", "")))
                    .as(text(out) + text(err))
                    .containsExactly("page", "user", "password");
            assertThat(text(err).lines().map(line -> JsonMapper.shared().readTree(line)))
                    .extracting(line -> line.path("formattedMessage").asString() + line.path("kvpList"))
                    .anyMatch(line -> line.startsWith("serving[{\"node\":"))
                    .anyMatch(line -> line.startsWith("stopping: "));
        } finally {
            server.destroyForcibly();
        }
    }

    private String run(String... arguments) throws Exception {
        var process = start(arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text(out);
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.transpack.Transpack"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("TRANSPACK_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("TRANSPACK_TRANSMISSION_URL", "none");
        builder.environment().put("TRANSPACK_LOG_FORMAT", "json");
        return builder.start();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
