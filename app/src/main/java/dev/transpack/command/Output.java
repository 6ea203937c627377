package dev.transpack.command;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a command says: lines for people, or one JSON document with `--json`. In both, nothing that a name holds can
/// steer a terminal.
final class Output {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "One JSON document instead of text.")
    private boolean json;

    /// Whether a program reads this.
    boolean json() {
        return json;
    }

    /// Whether a person watches: standard output is a terminal. A runtime without all modules has no console at all.
    @SuppressWarnings("SystemConsoleNull")
    static boolean watched() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    void line(String text) {
        out().println(Plain.line(text));
        out().flush();
    }

    /// A text over the one before, for what moves; an empty one clears it.
    void overwrite(String text) {
        out().print("\r\u001b[K" + Plain.line(text));
        out().flush();
    }

    /// Something beside the result, which is not to be mixed with it.
    void note(String text) {
        spec.commandLine().getErr().println(Plain.line(text));
        spec.commandLine().getErr().flush();
    }

    /// A question, beside the result too; the answer follows on its line.
    void ask(String question) {
        spec.commandLine().getErr().print(Plain.line(question));
        spec.commandLine().getErr().flush();
    }

    void document(Object document) {
        out().println(JSON.writeValueAsString(document));
        out().flush();
    }

    /// A list as a document or as a table; a sentence when it is empty.
    <T> void list(List<T> items, Table<T> table, String nothing) {
        if (json) document(items);
        else if (items.isEmpty()) line(nothing);
        else table.lines(items).forEach(this::line);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
