package dev.transpack.librar;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds what is legal in an archive but will not arrive everywhere as it is here (format section 2).
final class NameWarnings {
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?", Pattern.CASE_INSENSITIVE);
    /// Seen from outside: unrar 6.21 leaves out a path somewhere between 2,020 and 2,221 characters, and says nothing.
    private static final int LONGEST_PATH = 1_900;

    private static final String FORBIDDEN_ON_WINDOWS = "<>:\"\\|?*";

    private final List<NameWarning> found = new ArrayList<>();
    private final HashMap<String, String> folded = new HashMap<>();
    private final Set<String> components = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private NameWarnings() {}

    static List<NameWarning> of(List<Entry> entries) {
        var warnings = new NameWarnings();
        entries.forEach(entry -> warnings.names.add(entry.name()));
        entries.forEach(warnings::examine);
        return List.copyOf(warnings.found);
    }

    private void examine(Entry entry) {
        var name = entry.name();
        for (var component : name.split("/", -1)) {
            if (components.add(component) && unfitForWindows(component)) {
                found.add(new NameWarning(name, "Windows cannot hold this name"));
            }
        }
        var twin = folded.putIfAbsent(folded(name), name);
        if (twin != null) {
            found.add(new NameWarning(name, "collides with '" + twin + "' on Windows and macOS"));
        }
        if (name.length() > LONGEST_PATH) {
            found.add(new NameWarning(name, "its path is so long that unrar leaves it out silently"));
        }
        if (!Rar5Time.holds(entry.modified())) {
            found.add(new NameWarning(name, "its modification time is too far off to be kept"));
        }
        if (entry.kind() == Entry.Kind.SYMLINK && !names.contains(resolved(name, entry.target()))) {
            found.add(new NameWarning(name, "links to something that is not in this pack"));
        }
    }

    private static boolean unfitForWindows(String component) {
        return component.endsWith(".")
                || component.endsWith(" ")
                || component.chars().anyMatch(c -> c < 0x20 || c == 0x7F || FORBIDDEN_ON_WINDOWS.indexOf(c) >= 0)
                || DEVICE.matcher(component).matches();
    }

    private static String folded(String name) {
        var upper = Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /// The entry name a link leads to, by the text of the names alone; something no entry is called if it
    /// leaves.
    private static String resolved(String name, String target) {
        var path = new ArrayList<>(List.of(name.split("/", -1)));
        path.removeLast();
        for (var component : target.split("/", -1)) {
            if (component.equals("..") && !path.isEmpty()) {
                path.removeLast();
            } else if (!component.equals(".")) {
                path.add(component);
            }
        }
        return String.join("/", path);
    }
}
