package dev.transpack.browse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the entries of a folder that may be what a daemon means by a name. It starts from what is on the disk and
/// never makes a path of what the daemon said.
final class NameIndex {
    private static final String PARTIAL = ".part";

    private final Map<String, List<DiskEntry>> entries = new HashMap<>();

    NameIndex(Collection<DiskEntry> entries) {
        for (var entry : entries) {
            var name = DaemonNames.comparable(entry.text());
            var told = DaemonNames.comparable(DaemonNames.asTold(entry.text()));
            put(name, entry);
            if (!told.equals(name)) put(told, entry);
        }
    }

    /// Those that fit; more than one when the name alone does not decide.
    Set<DiskEntry> candidates(String told) {
        var found = fitting(told, "");
        return found.isEmpty() ? fitting(told, PARTIAL) : found;
    }

    /// Whether the entry is called what a daemon would call this on the disk, and not merely what it told.
    boolean hasAsOnDisk(DiskEntry entry, String told) {
        var name = DaemonNames.comparable(DaemonNames.onDisk(told));
        return get(name).contains(entry) || get(name + PARTIAL).contains(entry);
    }

    private Set<DiskEntry> fitting(String told, String ending) {
        var found = new LinkedHashSet<DiskEntry>();
        found.addAll(get(DaemonNames.comparable(DaemonNames.onDisk(told) + ending)));
        found.addAll(get(DaemonNames.comparable(told + ending)));
        return found;
    }

    private List<DiskEntry> get(String name) {
        return entries.getOrDefault(name, List.of());
    }

    private void put(String name, DiskEntry entry) {
        entries.computeIfAbsent(name, key -> new ArrayList<>(1)).add(entry);
    }
}
