package dev.transpack.fetching;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which paths of a pack may be made below a folder. A path that could lead anywhere else ends the fetch.
final class PathRules {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:([/\\\\].*)?", Pattern.DOTALL);
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final Map<String, Boolean> folders = new HashMap<>();

    /// Takes the next path.
    ///
    /// @throws FetchException if it may not be made, or was taken before
    void add(String path, boolean folder) throws FetchException {
        requireInside(path);
        if (folders.put(path, folder) != null) throw refused(path, "occurs twice");
    }

    /// Nothing may lie below a file or a link: writing there would go wherever a link points.
    void requireFoldersAbove() throws FetchException {
        for (var path : folders.keySet())
            for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
                if (!folders.getOrDefault(path.substring(0, slash), true))
                    throw refused(path, "lies below '" + path.substring(0, slash) + "', which is no folder");
    }

    private static void requireInside(String path) throws FetchException {
        if (path.startsWith("/")) throw refused(path, "is absolute");
        if (DRIVE.matcher(path).matches() || (WINDOWS && (path.contains("\\") || path.contains(":"))))
            throw refused(path, "names a drive");
        for (var component : path.split("/", -1))
            if (component.isEmpty() || component.equals(".") || component.equals(".."))
                throw refused(path, "has an empty, '.' or '..' component");
        if (!isName(path)) throw refused(path, "is no name on this machine");
        if (Path.of(path).isAbsolute()) throw refused(path, "is absolute");
    }

    /// Half a character is none, nor is a zero.
    private static boolean isName(String path) {
        try {
            var _ = Path.of(path);
            return true;
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /// Whether a link stays inside the folder that everything is made in, whatever other links of the pack say: it may
    /// go up, as far as its own folder is deep, and then only down.
    static boolean staysInside(String path, String target) {
        if (target.isEmpty() || target.startsWith("/") || DRIVE.matcher(target).matches()) return false;
        if (!isName(target) || (WINDOWS && target.contains("\\"))) return false;
        var depth = path.chars().filter(c -> c == '/').count();
        var goesDown = false;
        for (var component : target.split("/", -1)) {
            if (component.isEmpty() || component.equals(".")) continue;
            if (!component.equals("..")) goesDown = true;
            else if (goesDown || --depth < 0) return false;
        }
        return true;
    }

    private static FetchException refused(String path, String why) {
        return FetchException.endsIt("This pack is not fetched: the path '" + path + "' " + why + ".");
    }
}
