package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UserCommandTest {
    @TempDir
    Path folder;

    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void writeSettings() throws Exception {
        Files.writeString(folder.resolve("transpack.yml"), "data-dir: " + folder.resolve("data") + "\n");
    }

    @Test
    void theFirstAccountMustBeAnAdministrator() {
        assertThat(run("user", "add", "anna")).isEqualTo(1);
        assertThat(err.toString()).contains("The first account must be an administrator.");
        assertThat(run("user", "add", "anna", "--role", "administrator")).isZero();
        assertThat(out.toString()).contains("user: anna").containsPattern("password: [a-z2-9-]{23}");
    }

    @Test
    void accountsAreMadeListedGivenPasswordsAndDisabled() {
        run("user", "add", "boss", "--role", "administrator");
        assertThat(runWith("correct horse battery\n", "user", "add", "Anna", "--password-stdin"))
                .isZero();
        assertThat(out.toString()).contains("user: anna").doesNotContain("password:");
        assertThat(run("user", "list", "--json")).isZero();
        assertThat(out.toString())
                .contains("\"name\" : \"boss\"", "\"name\" : \"anna\"")
                .doesNotContain("argon2");
        assertThat(run("user", "passwd", "anna")).isZero();
        assertThat(out.toString()).contains("password: ");
        assertThat(run("user", "disable", "anna")).isZero();
        assertThat(run("user", "list")).isZero();
        assertThat(out.toString()).contains("disabled");
        assertThat(run("user", "enable", "anna")).isZero();
    }

    @Test
    void whatCannotBeIsASentenceAndExitCodeOne() {
        run("user", "add", "boss", "--role", "administrator");
        assertThat(run("user", "disable", "boss")).isEqualTo(1);
        assertThat(err.toString()).contains("This is the last administrator").doesNotContain("\tat ");
        assertThat(run("user", "passwd", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no account of that name");
        assertThat(run("user", "add", "<img src=x onerror=alert(1)>")).isEqualTo(1);
        assertThat(runWith("short\n", "user", "add", "anna", "--password-stdin"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("at least 10 characters");
        assertThat(runWith("", "user", "add", "anna", "--password-stdin")).isEqualTo(1);
        assertThat(run("user")).isEqualTo(2);
        assertThat(run("user", "add", "anna", "--role", "king")).isEqualTo(2);
    }

    @Test
    void tokensAreMadeListedAndRevoked() {
        assertThat(run("token", "create", "laptop")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no administrator yet");
        run("user", "add", "boss", "--role", "administrator");
        assertThat(run("token", "create", "laptop", "--expires-in", "90d")).isZero();
        var text = out.toString().strip();
        assertThat(text).matches("tp_[A-Za-z0-9_-]{43}");
        assertThat(run("token", "list")).isZero();
        assertThat(out.toString()).contains("laptop", "boss").doesNotContain(text);
        assertThat(out.toString()).startsWith("ID ");
        var line = out.toString().lines().toList().getLast();
        var id = line.substring(0, line.indexOf(' '));
        assertThat(run("token", "revoke", id)).isZero();
        assertThat(run("token", "revoke", id)).isEqualTo(1);
        assertThat(run("token", "create", "laptop", "--expires-in", "soon")).isEqualTo(2);
    }

    private int runWith(String input, String... arguments) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        var all = new ArrayList<>(List.of(arguments));
        all.add(1, "--config");
        all.add(2, folder.resolve("transpack.yml").toString());
        return TranspackCommand.line(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
