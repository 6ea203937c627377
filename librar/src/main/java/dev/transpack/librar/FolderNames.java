package dev.transpack.librar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/// Portable names for everything in one folder, no two of which fall together anywhere. What is portable keeps its
/// name, and of names that fall together the first in order.
final class FolderNames {
    private final Map<String, String> portable = new HashMap<>();
    /// The names that are given, as systems see them that fold case and accents.
    private final Map<String, String> taken = new HashMap<>();

    /// @param names each with whether it is a folder
    static Map<String, String> of(SortedMap<String, Boolean> names) {
        var folder = new FolderNames();
        var others = new ArrayList<String>();
        for (var name : names.keySet()) {
            if (!PortableName.holds(name) || !folder.give(name, name)) {
                others.add(name);
            }
        }
        others.forEach(name -> folder.rename(name, Boolean.TRUE.equals(names.get(name))));
        return folder.portable;
    }

    private boolean give(String name, String as) {
        if (taken.putIfAbsent(PortableName.folded(as), name) != null) {
            return false;
        }
        portable.put(name, as);
        return true;
    }

    private void rename(String name, boolean folder) {
        var number = 1;
        while (!give(name, PortableName.of(name, folder, number))) {
            number++;
        }
    }
}
