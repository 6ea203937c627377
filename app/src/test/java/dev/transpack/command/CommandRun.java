package dev.transpack.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a command printed and how it ended, run in this process.
record CommandRun(int exitCode, String out, String err) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static CommandRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = TranspackCommand.line(arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /// Its only document.
    JsonNode json() {
        return JSON.readTree(out);
    }

    /// The last line it printed.
    String last() {
        return out.lines().toList().getLast();
    }
}
