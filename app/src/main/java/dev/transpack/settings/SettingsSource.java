package dev.transpack.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// Where values come from: `transpack.yml` (flattened to dotted keys) and, stronger, the environment. `server.port` is
/// `TRANSPACK_SERVER_PORT` there. The first deployment's own names (`TRANSMIT_S3_BUCKET`, ...) are understood too,
/// weakest of all.
public final class SettingsSource {
    private static final String PREFIX = "TRANSPACK_";

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Map<String, String> legacy;

    private SettingsSource(Map<String, String> file, Map<String, String> environment, Map<String, String> legacy) {
        this.file = Map.copyOf(file);
        this.environment = Map.copyOf(environment);
        this.legacy = Map.copyOf(legacy);
    }

    /// A source of values given in code, each as in the file: for tests and the demo.
    public static SettingsSource of(Map<String, String> values) {
        return new SettingsSource(values, Map.of(), Map.of());
    }

    /// Reads the file, if there is one, beside the environment.
    ///
    /// @throws SettingsException when the file cannot be read or is not YAML
    public static SettingsSource read(@Nullable Path file, Map<String, String> environment) {
        return new SettingsSource(
                file == null ? Map.of() : flatten(file), environment, LegacyNames.translate(environment));
    }

    /// The same source with these values on top, as a command's options are.
    public SettingsSource with(Map<String, String> values) {
        var merged = new HashMap<>(file);
        merged.putAll(values);
        var rest = new HashMap<>(environment);
        values.keySet().forEach(key -> rest.remove(variable(key)));
        return new SettingsSource(merged, rest, legacy);
    }

    Optional<String> find(String key) {
        var fromEnvironment = environment.get(variable(key));
        if (fromEnvironment != null) return Optional.of(fromEnvironment);
        var fromFile = file.get(key);
        return Optional.ofNullable(fromFile != null ? fromFile : legacy.get(key));
    }

    /// The names `x` for which some `<group>.x.<anything>` is set, in order.
    List<String> namesUnder(String group, List<String> members) {
        var names = new TreeMap<String, Boolean>();
        for (var key : file.keySet()) addName(names, key, group + ".");
        for (var key : legacy.keySet()) addName(names, key, group + ".");
        for (var name : environment.keySet()) addVariableName(names, name, variable(group) + "_", members);
        return List.copyOf(names.keySet());
    }

    /// The file's keys, so that unknown ones can be reported.
    List<String> fileKeys() {
        return file.keySet().stream().sorted().toList();
    }

    /// The environment's name of a key: `server.base-path` is `TRANSPACK_SERVER_BASE_PATH`.
    public static String variable(String key) {
        return PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static void addName(Map<String, Boolean> names, String key, String start) {
        if (!key.startsWith(start)) return;
        var dot = key.indexOf('.', start.length());
        if (dot > 0) names.put(key.substring(start.length(), dot), true);
    }

    private static void addVariableName(Map<String, Boolean> names, String name, String start, List<String> members) {
        if (!name.startsWith(start)) return;
        for (var member : members) {
            var end = "_" + member.replace('-', '_').toUpperCase(Locale.ROOT);
            if (name.endsWith(end) && name.length() > start.length() + end.length())
                names.put(
                        name.substring(start.length(), name.length() - end.length())
                                .toLowerCase(Locale.ROOT),
                        true);
        }
    }

    private static Map<String, String> flatten(Path file) {
        try {
            var flat = new HashMap<String, String>();
            var root = load(Files.readString(file));
            if (root != null && !(root instanceof Map)) throw wrongFile(file, "write settings as `key: value` lines");
            if (root != null) flattenInto(flat, "", root);
            return flat;
        } catch (NoSuchFileException e) {
            throw wrongFile(file, "this file does not exist");
        } catch (MarkedYAMLException e) {
            throw wrongFile(file, "not YAML at line " + (e.getProblemMark().getLine() + 1) + ": " + e.getProblem());
        } catch (IOException | YAMLException e) {
            var said = String.valueOf(e.getMessage());
            throw wrongFile(
                    file,
                    said.startsWith("Number of aliases")
                            ? "write every group and list out: `*name` does not stand for one here"
                            : "cannot be read: " + said);
        }
    }

    /// The reader lets out whatever goes wrong with a value that has a tag, such as `!!int x`.
    private static @Nullable Object load(String text) {
        try {
            return new Yaml(new SafeConstructor(withoutAliases())).load(text);
        } catch (YAMLException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new YAMLException("a value is not what its tag (!!) says", e);
        }
    }

    /// A group that holds itself has no end, and a few that each hold the one before twice fill any memory.
    private static LoaderOptions withoutAliases() {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        return options;
    }

    private static SettingsException wrongFile(Path file, String why) {
        return new SettingsException(List.of(new SettingsProblem("settings file", file.toString(), why)));
    }

    private static void flattenInto(Map<String, String> flat, String key, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map ->
                map.forEach((name, inner) -> flattenInto(flat, key.isEmpty() ? "" + name : key + "." + name, inner));
            case List<?> list -> {
                var texts = new ArrayList<String>();
                list.forEach(item -> texts.add(String.valueOf(item)));
                flat.put(key, String.join(",", texts));
            }
            default -> flat.put(key, value.toString());
        }
    }
}
