package dev.transpack.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// What every command has that talks to a server: which server, and whether a person or a program reads the answer.
final class ServerOptions {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ClientOptions client;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

    ApiClient connect() {
        return client.connect();
    }

    Output output() {
        return output;
    }

    /// Shows a list of the server's.
    ///
    /// @param nothing the sentence for an empty one
    /// @return the exit code
    int list(String path, Map<String, String> filters, Table<JsonNode> table, String nothing)
            throws ApiFailure, InterruptedException {
        try (var api = connect()) {
            output.list(api.all(path, filters), table, nothing);
        }
        return CommandLine.ExitCode.OK;
    }

    /// Says what was done: the answer itself for a program, a sentence for a person.
    ///
    /// @return the exit code
    int done(Object answer, String sentence) {
        if (output.json()) output.document(answer);
        else output.line(sentence);
        return CommandLine.ExitCode.OK;
    }
}
