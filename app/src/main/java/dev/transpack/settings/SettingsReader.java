package dev.transpack.settings;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads typed values and collects what is wrong, so that a person mends everything at once. A wrong value yields its
/// default, and [#check] throws at the end.
public final class SettingsReader {
    private final SettingsSource source;
    private final List<SettingsProblem> problems = new ArrayList<>();
    private final TreeSet<String> asked = new TreeSet<>();

    public SettingsReader(SettingsSource source) {
        this.source = source;
    }

    /// The value as written, if any; blank counts as none.
    public Optional<String> find(String key) {
        asked.add(key);
        return source.find(key).map(String::strip).filter(text -> !text.isEmpty());
    }

    public String text(String key, String fallback) {
        return find(key).orElse(fallback);
    }

    /// A list written with commas or as a YAML list; empty when not set.
    public List<String> list(String key) {
        return find(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    public Optional<Secret> secret(String key) {
        return find(key).map(Secret::new);
    }

    public int number(String key, int fallback, int least, int most) {
        return parsed(
                key,
                fallback,
                text -> {
                    var number = Integer.parseInt(text);
                    if (number < least || number > most) throw new IllegalArgumentException();
                    return number;
                },
                "write a whole number from " + least + " to " + most);
    }

    public boolean flag(String key, boolean fallback) {
        return parsed(
                key,
                fallback,
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw new IllegalArgumentException(text);
                },
                "write true or false");
    }

    public ByteSize size(String key, String fallback) {
        return parsed(key, ByteSize.parse(fallback), ByteSize::parse, "write a size such as " + fallback);
    }

    /// A size that may be left out.
    public Optional<ByteSize> findSize(String key) {
        return find(key).map(text -> size(key, "10m"));
    }

    /// An absolute http or https address.
    public URI address(String key, String fallback) {
        return parsed(key, URI.create(fallback), SettingsReader::parseAddress, "write an address such as " + fallback);
    }

    /// An address that may be left out.
    public Optional<URI> findAddress(String key) {
        return find(key).map(text -> address(key, "https://example.org"));
    }

    public Path path(String key, Path fallback) {
        return parsed(key, fallback, SettingsReader::parsePath, "write a path");
    }

    /// A path that may be left out.
    public Optional<Path> findPath(String key) {
        return find(key).map(text -> path(key, Path.of("/")));
    }

    /// One of an enum's names, written in lower case with dashes.
    public <E extends Enum<E>> E choice(String key, E fallback) {
        var all = fallback.getDeclaringClass().getEnumConstants();
        var names = Arrays.stream(all).map(SettingsReader::written).toList();
        return parsed(key, fallback, text -> all[indexOf(names, text)], "write one of " + String.join(", ", names));
    }

    /// The names `x` for which a `<group>.x.<member>` is set.
    public List<String> namesUnder(String group, List<String> members) {
        return source.namesUnder(group, members);
    }

    /// Notes a problem that a feature found itself. A secret's value is given as `***`.
    public void problem(String key, String value, String remedy) {
        problems.add(new SettingsProblem(key, value, remedy));
    }

    /// Every key that was asked for: what exists.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /// Ends the reading.
    ///
    /// @throws SettingsException with everything that is wrong, unknown keys of the file included
    public void check() {
        for (var key : source.fileKeys())
            if (!asked.contains(key)) problem(key, "", "no such setting; docs/guide/settings.md lists them all");
        if (!problems.isEmpty()) throw new SettingsException(problems);
    }

    private <T> T parsed(String key, T fallback, Function<String, T> parse, String remedy) {
        var text = find(key);
        if (text.isEmpty()) return fallback;
        try {
            return parse.apply(text.get());
        } catch (IllegalArgumentException e) {
            problem(key, text.get(), remedy);
            return fallback;
        }
    }

    private static URI parseAddress(String text) {
        var uri = URI.create(text);
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme()))
            throw new IllegalArgumentException(text);
        return uri;
    }

    private static Path parsePath(String text) {
        try {
            return Path.of(text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static int indexOf(List<String> names, String text) {
        var index = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) throw new IllegalArgumentException(text);
        return index;
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
