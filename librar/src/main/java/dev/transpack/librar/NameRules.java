package dev.transpack.librar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a plan refuses about names, because an archive with them is broken or dangerous to extract.
final class NameRules {
    private NameRules() {}

    static void check(List<Entry> entries) throws ArchiveException {
        var kinds = HashMap.<String, Entry.Kind>newHashMap(entries.size());
        for (var entry : entries) {
            checkComponents(entry.name());
            checkText(entry.name(), entry.name());
            checkText(entry.target(), entry.name());
            if (kinds.put(entry.name(), entry.kind()) != null) {
                throw ArchiveException.refused("'" + entry.name() + "' occurs twice: leave one of them out");
            }
        }
        checkParents(entries, kinds);
    }

    private static void checkComponents(String name) throws ArchiveException {
        if (name.startsWith("/")) {
            throw ArchiveException.refused("'" + name + "' is absolute: names must be relative to the archive");
        }
        for (var begin = 0; begin <= name.length(); ) {
            var slash = name.indexOf('/', begin);
            var end = slash < 0 ? name.length() : slash;
            var dots = end - begin <= 2 && name.regionMatches(begin, "..", 0, end - begin);
            if (dots) { // no, one or two of them
                throw ArchiveException.refused("'" + name + "' has an empty, '.' or '..' component: rename it");
            }
            begin = end + 1;
        }
    }

    private static void checkText(String text, String name) throws ArchiveException {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw ArchiveException.refused("'" + name + "' cannot be written as UTF-8: rename it");
            }
        }
    }

    /// Nothing may lie below a file or a symlink: extracting below a link would write wherever the link points.
    private static void checkParents(List<Entry> entries, Map<String, Entry.Kind> kinds) throws ArchiveException {
        var checked = "";
        for (var entry : entries) {
            var name = entry.name();
            var folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
            if (!folder.equals(checked)) { // entries of one folder mostly stand together
                checkParents(name, kinds);
                checked = folder;
            }
        }
    }

    private static void checkParents(String name, Map<String, Entry.Kind> kinds) throws ArchiveException {
        for (var slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
            var parent = name.substring(0, slash);
            if (kinds.getOrDefault(parent, Entry.Kind.DIRECTORY) != Entry.Kind.DIRECTORY) {
                throw ArchiveException.refused("'" + name + "' lies below '" + parent + "', which is no folder");
            }
        }
    }
}
