package dev.transpack.librar;

import java.nio.file.Path;

/// Names are bytes on Linux. Java turns bytes that are not valid UTF-8 into U+FFFD, which then names nothing.
final class PathNames {
    private PathNames() {}

    /// Whether a path survives the way to text and back.
    static boolean isUtf8(Path path) {
        var text = path.toString();
        return text.indexOf('\uFFFD') < 0 || Path.of(text).equals(path);
    }

    /// The last component of a path as text: itself if it is valid UTF-8, else with `\xNN` for each byte that
    /// is not ASCII.
    static String printable(Path path) {
        var name = path.getFileName();
        if (name == null) {
            return path.toString();
        }
        return isUtf8(name) ? name.toString() : escaped(path);
    }

    /// A path's URI is the only public way to its raw bytes.
    private static String escaped(Path path) {
        var uri = path.toUri().getRawPath();
        var name = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        var escaped = new StringBuilder();
        for (var i = name.lastIndexOf('/') + 1; i < name.length(); i++) {
            if (name.charAt(i) != '%') {
                escaped.append(name.charAt(i));
                continue;
            }
            var value = Integer.parseInt(name.substring(i + 1, i + 3), 16);
            escaped.append(value < 0x80 ? Character.toString(value) : String.format("\\x%02X", value));
            i += 2;
        }
        return escaped.toString();
    }
}
