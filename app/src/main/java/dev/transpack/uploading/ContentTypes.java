package dev.transpack.uploading;

import java.net.URLConnection;
import java.util.Objects;

/// What an object is said to be, by its name: browsers and players go by it.
public final class ContentTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private ContentTypes() {}

    /// A media type (RFC 6838).
    public static String of(String name) {
        if (name.endsWith(".rar")) return "application/vnd.rar"; // the JDK's table has none
        return Objects.requireNonNullElse(URLConnection.guessContentTypeFromName(name), UNKNOWN);
    }
}
