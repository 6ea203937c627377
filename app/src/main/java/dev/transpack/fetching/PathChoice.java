package dev.transpack.fetching;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The paths that somebody wants of a list: those that were named, what lies below them, and the folders above.
final class PathChoice implements Predicate<String> {
    private final List<String> wanted;

    /// @param only as the list has them, or as they are called inside its one top folder; none for all
    PathChoice(List<String> paths, List<String> only) throws FetchException {
        var top = topFolder(paths);
        var found = new ArrayList<String>();
        for (var each : only) {
            var path = each.replaceAll("/+$", "");
            if (isThere(path, paths)) found.add(path);
            else if (!top.isEmpty() && isThere(top + "/" + path, paths)) found.add(top + "/" + path);
            else
                throw FetchException.endsIt(
                        "Nothing in this pack is called '" + path + "': write a path as the link's page shows it.");
        }
        this.wanted = List.copyOf(found);
    }

    @Override
    public boolean test(String path) {
        return wanted.isEmpty()
                || wanted.stream()
                        .anyMatch(one -> path.equals(one) || path.startsWith(one + "/") || one.startsWith(path + "/"));
    }

    private static boolean isThere(String wanted, List<String> paths) {
        return paths.stream().anyMatch(path -> path.equals(wanted) || path.startsWith(wanted + "/"));
    }

    /// Empty if not everything lies in one.
    private static String topFolder(List<String> paths) {
        var tops = paths.stream()
                .map(path -> path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/')))
                .distinct()
                .limit(2)
                .toList();
        return tops.size() == 1 ? tops.getFirst() : "";
    }
}
