package dev.transpack.packing;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/// Which files of a download go into a pack. Names are as in the archive: `/`-separated, the top folder first.
public final class FileChoice implements Predicate<String> {
    private final List<String> only;
    private final List<String> patterns;
    private final List<PathMatcher> exclude;

    /// @throws IllegalArgumentException naming a pattern that cannot be read
    public FileChoice(List<String> only, List<String> exclude) {
        this.only = only.stream().map(path -> path.replaceAll("/+$", "")).toList();
        this.patterns = List.copyOf(exclude);
        this.exclude = exclude.stream().map(FileChoice::matcher).toList();
    }

    @Override
    public boolean test(String archiveName) {
        var slash = archiveName.indexOf('/');
        if (slash < 0) return true;
        var path = archiveName.substring(slash + 1);
        return chosen(path) && !excluded(path);
    }

    /// Looks whether everything that was asked for by name is there, and something is left to pack.
    ///
    /// @throws ArchiveException REFUSED, naming what is not there, or what leaves everything out
    public void require(List<Entry> entries) throws ArchiveException {
        for (var wanted : only)
            if (entries.stream().noneMatch(entry -> isAt(wanted, entry.name())))
                throw new ArchiveException(
                        ArchiveException.Kind.REFUSED,
                        "Nothing here is called '" + wanted
                                + "': write the path inside the folder, as its list shows it.");
        if (choosesAll() || entries.stream().anyMatch(entry -> entry.kind() != Entry.Kind.DIRECTORY)) return;
        throw new ArchiveException(ArchiveException.Kind.REFUSED, nothingLeft());
    }

    private boolean choosesAll() {
        return only.isEmpty() && patterns.isEmpty();
    }

    private String nothingLeft() {
        if (patterns.isEmpty()) return "No file is left to pack: there is none in " + quoted(only) + ".";
        return "No file is left to pack: " + quoted(patterns) + (patterns.size() == 1 ? " leaves" : " leave")
                + " out all there is" + (only.isEmpty() ? "" : " in " + quoted(only)) + ".";
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static boolean isAt(String wanted, String archiveName) {
        var path = archiveName.substring(archiveName.indexOf('/') + 1);
        return archiveName.indexOf('/') > 0 && (path.equals(wanted) || path.startsWith(wanted + "/"));
    }

    /// A folder on the way to a chosen path is chosen, and so is everything below one.
    private boolean chosen(String path) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(wanted ->
                                path.equals(wanted) || path.startsWith(wanted + "/") || wanted.startsWith(path + "/"));
    }

    private boolean excluded(String path) {
        var whole = Path.of(path);
        return exclude.stream().anyMatch(glob -> glob.matches(whole) || glob.matches(whole.getFileName()));
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob.replaceAll("/+$", ""));
        } catch (PatternSyntaxException | InvalidPathException e) {
            throw new IllegalArgumentException("not a pattern: " + glob + " (write *.nfo or Sample/**)", e);
        }
    }
}
