package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import picocli.CommandLine;

/// docs/guide/reference.md lists exactly the commands with their options, and exactly the routes of the API and of
/// links.
@Timeout(120)
class ReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "guide", "reference.md");
    private static final Pattern COMMAND = Pattern.compile("^\\| `transpack ([a-z]+(?: [a-z]+)?)([^`]*)` \\|.*");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern CALL = Pattern.compile("`(GET|HEAD|POST|DELETE) (/[^`]*)`");

    /// What every command has, or every command that talks to the server; said once above the table.
    private static final List<String> COMMON = List.of("--help", "--version", "--config", "--url", "--json");

    @Test
    void everyCommandIsThereWithItsOptionsAndNoOther() throws Exception {
        assertThat(documentedCommands()).isEqualTo(commands());
    }

    @Test
    void everyRouteIsThereAndNoOther(@TempDir Path folder) throws Exception {
        assertThat(documentedCalls()).isEqualTo(calls(folder));
    }

    private static Map<String, TreeSet<String>> documentedCommands() throws IOException {
        var commands = new TreeMap<String, TreeSet<String>>();
        for (var line : Files.readAllLines(PAGE)) {
            var row = COMMAND.matcher(line);
            if (row.matches()) commands.put(row.group(1), found(OPTION, row.group(2)));
        }
        return commands;
    }

    private static Map<String, TreeSet<String>> commands() {
        var commands = new TreeMap<String, TreeSet<String>>();
        TranspackCommand.line().getSubcommands().values().stream().distinct().forEach(line -> add(commands, "", line));
        return commands;
    }

    private static void add(Map<String, TreeSet<String>> commands, String above, CommandLine line) {
        var name = above + line.getCommandName();
        if (line.getCommandSpec().usageMessage().hidden()) return;
        if (line.getSubcommands().isEmpty()) {
            var options = new TreeSet<String>();
            line.getCommandSpec().options().forEach(option -> options.add(option.longestName()));
            COMMON.forEach(options::remove);
            commands.put(name, options);
        }
        line.getSubcommands().values().stream().distinct().forEach(below -> add(commands, name + " ", below));
    }

    private static TreeSet<String> documentedCalls() throws IOException {
        var calls = new TreeSet<String>();
        var base = "/api/v1";
        for (var line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## HTTP: links")) base = "";
            if (!line.startsWith("| ")) continue;
            var call = CALL.matcher(line);
            while (call.find()) calls.add(call.group(1) + " " + base + call.group(2));
        }
        return calls;
    }

    private static TreeSet<String> calls(Path folder) {
        var settings = new HashMap<>(Map.of("data-dir", folder.toString(), "server.port", "0"));
        settings.putAll(Map.of("transmission.url", "none", "downloads.dir", folder.toString()));
        var read = AppSettings.read(SettingsSource.of(settings));
        try (var server = Server.start(read, Server.Role.WEB)) {
            var mapping = server.part(RequestMappingHandlerMapping.class);
            var calls = new TreeSet<String>();
            mapping.getHandlerMethods().keySet().forEach(route -> {
                for (var path : route.getPatternValues())
                    for (var method : route.getMethodsCondition().getMethods())
                        if (path.startsWith("/api/v1/") || path.startsWith("/d/")) calls.add(method + " " + path);
            });
            return calls;
        }
    }

    private static TreeSet<String> found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return Stream.iterate(matcher.find(), there -> there, there -> matcher.find())
                .map(there -> matcher.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
