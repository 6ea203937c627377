package dev.transpack.librar;

import static java.util.stream.Collectors.toMap;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What a plan refuses about names, because an archive with them is broken or dangerous to extract.
final class NameRules {
    private NameRules() {}

    static void check(List<Entry> entries) throws ArchiveException {
        var seen = new HashSet<String>(2 * entries.size());
        for (var entry : entries) {
            checkComponents(entry.name());
            checkText(entry.name(), entry.name());
            checkText(entry.target(), entry.name());
            if (!seen.add(entry.name())) {
                throw ArchiveException.refused("'" + entry.name() + "' occurs twice: leave one of them out");
            }
        }
        checkParents(entries);
    }

    private static void checkComponents(String name) throws ArchiveException {
        if (name.startsWith("/")) {
            throw ArchiveException.refused("'" + name + "' is absolute: names must be relative to the archive");
        }
        for (var component : name.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                throw ArchiveException.refused("'" + name + "' has an empty, '.' or '..' component: rename it");
            }
        }
    }

    private static void checkText(String text, String name) throws ArchiveException {
        var bad = text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
        if (bad) {
            throw ArchiveException.refused("'" + name + "' cannot be written as UTF-8: rename it");
        }
    }

    /// Nothing may lie below a file or a symlink: extracting below a link would write wherever the link points.
    private static void checkParents(List<Entry> entries) throws ArchiveException {
        var kinds = kinds(entries);
        for (var entry : entries) {
            var name = entry.name();
            for (var slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                var parent = name.substring(0, slash);
                if (kinds.getOrDefault(parent, Entry.Kind.DIRECTORY) != Entry.Kind.DIRECTORY) {
                    throw ArchiveException.refused("'" + name + "' lies below '" + parent + "', which is no folder");
                }
            }
        }
    }

    private static Map<String, Entry.Kind> kinds(List<Entry> entries) {
        return entries.stream().collect(toMap(Entry::name, Entry::kind));
    }
}
