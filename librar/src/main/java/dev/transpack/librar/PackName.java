package dev.transpack.librar;

import java.nio.charset.StandardCharsets;

/// The base name of a pack's volumes: safe as a file name on its own, whatever it was made from.
///
/// @param value never empty, `.` or `..`; no `/`, control or bidirectional-override character; at most 233
///     bytes
public record PackName(String value) {
    /// `name.part00001.rar.partial` (longer than `.par2`) must fit the 255 bytes of a file name (format section
    /// 2).
    private static final int LONGEST = 255 - ".part00001.rar.partial".length();

    private static final String FALLBACK = "pack";

    /// Accepts only what [#of] would have returned.
    public PackName {
        if (!value.equals(sanitized(value))) {
            throw new IllegalArgumentException("not a pack name: " + value);
        }
    }

    /// The nearest pack name to any text: drops what is not allowed and cuts at a code point.
    public static PackName of(String text) {
        return new PackName(sanitized(text));
    }

    /// The name of one volume of a set; one digit width for the set, and no number in a set of one.
    String volume(int index, int count) {
        if (count == 1) {
            return value + ".rar";
        }
        var number = Integer.toString(index + 1);
        var width = Integer.toString(count).length();
        return value + ".part" + "0".repeat(width - number.length()) + number + ".rar";
    }

    private static String sanitized(String text) {
        var kept = new StringBuilder();
        text.codePoints().filter(PackName::allowed).forEach(kept::appendCodePoint);
        var cut = cut(kept.toString().strip()).strip();
        return cut.isEmpty() || cut.equals(".") || cut.equals("..") ? FALLBACK : cut;
    }

    private static boolean allowed(int c) {
        return c != '/'
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.LINE_SEPARATOR
                && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
                && !(c >= 0x202A && c <= 0x202E) // bidirectional overrides make `gpj.exe` look like `exe.jpg`
                && !(c >= 0x2066 && c <= 0x2069);
    }

    private static String cut(String text) {
        var end = 0;
        var bytes = 0;
        while (end < text.length()) {
            var character = Character.toString(text.codePointAt(end));
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST) {
                break;
            }
            end += character.length();
        }
        return text.substring(0, end);
    }
}
