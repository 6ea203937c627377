package dev.transpack.librar;

import java.nio.charset.StandardCharsets;

/// The base name of a pack's volumes: safe as a file name on its own, whatever it was made from.
///
/// @param value never empty, `.` or `..`; no `/`, control or bidirectional-override character; at most 227
///     bytes
public record PackName(String value) {
    /// `name.part00001.rar.vol0+100.par2` must fit the 255 bytes of a file name (format section 2).
    private static final int LONGEST = 255 - ".part00001.rar.vol0+100.par2".length();

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
    String volume(ArchiveFormat format, int index, int count) {
        var number = Integer.toString(index + 1);
        return switch (format) {
            case RAR5 -> count == 1 ? value + ".rar" : value + ".part" + padded(number, digits(count)) + ".rar";
            case ZIP -> split(".zip", number, count);
            case TAR -> split(".tar", number, count);
            case FILES -> throw new IllegalArgumentException("files keep their own names");
        };
    }

    /// Three digits at least, as every program that splits files writes them.
    private String split(String ending, String number, int count) {
        return value + ending + (count == 1 ? "" : "." + padded(number, Math.max(3, digits(count))));
    }

    private static int digits(int count) {
        return Integer.toString(count).length();
    }

    private static String padded(String number, int width) {
        return "0".repeat(width - number.length()) + number;
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
                && !turnsWriting(c);
    }

    /// Whether it is a bidirectional override or isolate, which make `gpj.exe` look like `exe.jpg`.
    static boolean turnsWriting(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
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
