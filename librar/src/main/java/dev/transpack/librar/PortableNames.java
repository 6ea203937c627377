package dev.transpack.librar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Gives entries names that Windows, macOS and Linux all can hold, no two of which fall together where case or accents
/// are folded; links within the entries follow. Depends on nothing but names, kinds and link targets.
public final class PortableNames {
    /// To one end, as Linux has it.
    private static final int MOST_LINKS = 40;

    /// Links on the way to where the link in hand leads.
    private int followed;

    /// Where each link leads.
    private final Map<String, String> links = new HashMap<>();
    /// The new path of every path there is, folders included that are no entries.
    private final Map<String, String> paths = new HashMap<>();

    private PortableNames() {}

    /// The same entries in the same order under portable names.
    public static List<Entry> of(List<Entry> entries) {
        var names = new PortableNames();
        names.learn(entries);
        return entries.stream().map(names::renamed).toList();
    }

    private void learn(List<Entry> entries) {
        var folders = new TreeMap<String, SortedMap<String, Boolean>>(); // a folder stands before what is in it
        for (var entry : entries) {
            if (entry.kind() == Entry.Kind.SYMLINK) {
                links.put(entry.name(), entry.target());
            }
            var folder = entry.kind() == Entry.Kind.DIRECTORY;
            for (var path = entry.name(); !path.isEmpty(); path = parent(path)) {
                folders.computeIfAbsent(parent(path), any -> new TreeMap<>())
                        .merge(last(path), folder, Boolean::logicalOr);
                folder = true;
            }
        }
        paths.put("", "");
        folders.forEach((folder, names) -> FolderNames.of(names)
                .forEach((name, portable) -> paths.put(child(folder, name), child(path(folder), portable))));
    }

    private Entry renamed(Entry entry) {
        return new Entry(
                path(entry.name()),
                entry.kind(),
                entry.source(),
                entry.size(),
                entry.modified(),
                entry.mode(),
                entry.kind() == Entry.Kind.SYMLINK ? target(entry) : null);
    }

    /// Where a link leads under the new names; as it is when that is outside, or nothing.
    private String target(Entry link) {
        var at = Optional.of(parent(link.name()));
        var target = new ArrayList<String>();
        followed = 0;
        for (var name : link.target().split("/", -1)) {
            at = at.flatMap(here -> step(here, name));
            target.add(at.filter(there -> !stays(name))
                    .map(this::path)
                    .map(PortableNames::last)
                    .orElse(name));
        }
        return at.isPresent() && !isAbsolute(link.target()) ? String.join("/", target) : link.target();
    }

    /// One name further, as a system that opens the link goes; nothing when that is not among the entries.
    private Optional<String> step(String at, String name) {
        if (name.isEmpty() || name.equals(".")) {
            return Optional.of(at);
        }
        var folder = follow(at);
        return name.equals("..")
                ? folder.filter(here -> !here.isEmpty()).map(PortableNames::parent)
                : folder.map(here -> child(here, name)).filter(paths::containsKey);
    }

    private Optional<String> follow(String path) {
        var target = links.get(path);
        if (target == null) {
            return Optional.of(path);
        }
        if (followed++ >= MOST_LINKS || isAbsolute(target)) {
            return Optional.empty();
        }
        var at = Optional.of(parent(path));
        for (var name : target.split("/", -1)) {
            at = at.flatMap(here -> step(here, name));
        }
        return at.flatMap(this::follow);
    }

    private String path(String source) {
        return Objects.requireNonNull(paths.get(source));
    }

    private static boolean stays(String name) {
        return name.isEmpty() || name.equals(".") || name.equals("..");
    }

    private static boolean isAbsolute(String target) {
        return target.startsWith("/");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String child(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
