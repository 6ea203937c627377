package dev.transpack.uploading;

import java.nio.charset.StandardCharsets;

/// The header that makes a browser save a download under its right name (RFC 6266, RFC 5987).
public final class ContentDisposition {
    private static final String UNESCAPED = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /// Always an attachment: nothing of a pack is ever shown as a page.
    public static String attachment(String fileName) {
        return "attachment; filename=\"" + ascii(fileName) + "\"; filename*=UTF-8''" + encoded(fileName);
    }

    /// What an old program shows: everything it could misread becomes `_`.
    private static String ascii(String name) {
        var text = new StringBuilder();
        name.codePoints()
                .forEach(c -> text.append(c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' ? '_' : (char) c));
        return text.toString();
    }

    private static String encoded(String name) {
        var text = new StringBuilder();
        for (var b : name.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (isPlain(c)) text.append(c);
            else text.append('%').append(String.format("%02X", (int) c));
        }
        return text.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || UNESCAPED.indexOf(c) >= 0;
    }
}
