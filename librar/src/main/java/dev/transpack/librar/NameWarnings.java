package dev.transpack.librar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds what is legal in an archive but will not arrive everywhere as it is here (format section 2).
final class NameWarnings {
    /// Seen from outside: unrar 6.21 leaves out a path somewhere between 2,020 and 2,221 characters, and says nothing.
    private static final int LONGEST_PATH = 1_900;

    private final List<NameWarning> found = new ArrayList<>();
    private final HashMap<String, String> folded = new HashMap<>();
    private final Set<String> components = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private NameWarnings() {}

    /// @param sources the same entries in the same order, as they are called on the disk
    static List<NameWarning> of(List<Entry> sources, List<Entry> entries) {
        var warnings = new NameWarnings();
        for (var i = 0; i < entries.size(); i++) {
            warnings.renamed(sources.get(i).name(), entries.get(i).name());
        }
        entries.forEach(entry -> warnings.names.add(entry.name()));
        entries.forEach(warnings::examine);
        return List.copyOf(warnings.found);
    }

    /// A name that was changed, and not only because it lies in a folder of which that is said.
    private void renamed(String source, String name) {
        if (!last(source).equals(last(name))) {
            found.add(new NameWarning(source, "is called '" + last(name) + "' in the pack"));
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void examine(Entry entry) {
        var name = entry.name();
        for (var component : name.split("/", -1)) {
            if (components.add(component)) {
                examine(name, component);
            }
        }
        var twin = folded.putIfAbsent(PortableName.folded(name), name);
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

    private void examine(String name, String component) {
        if (!PortableName.holdsText(component)) {
            found.add(new NameWarning(name, "Windows cannot hold this name"));
        }
        if (component.codePoints().anyMatch(PackName::turnsWriting)) {
            found.add(new NameWarning(name, "turns the direction of writing, so it is read as another name"));
        }
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
