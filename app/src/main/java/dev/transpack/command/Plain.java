package dev.transpack.command;

import java.util.List;

/// Names are data: nothing in them reaches the terminal as a command to it, or turns the direction of writing.
final class Plain {
    private record Range(int from, int to) {}

    /// The scripts and signs that take two cells (Unicode's East Asian Width, W and F).
    private static final List<Range> WIDE = List.of(
            new Range(0x1100, 0x115f),
            new Range(0x2e80, 0xa4cf),
            new Range(0xac00, 0xd7a3),
            new Range(0xf900, 0xfaff),
            new Range(0xfe30, 0xfe6f),
            new Range(0xff00, 0xff60),
            new Range(0x1f300, 0x1faff),
            new Range(0x20000, 0x3fffd));

    private Plain() {}

    /// The text on one line, with everything that is not visible escaped: `\x1b`, `\u202e`.
    static String line(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(plain, c));
        return plain.toString();
    }

    /// The same for a text of several lines, which stay.
    static String lines(String text) {
        return String.join("\n", text.lines().map(Plain::line).toList());
    }

    /// How many cells of a terminal the text takes.
    static int width(String text) {
        return text.codePoints().map(Plain::width).sum();
    }

    private static void append(StringBuilder plain, int c) {
        if (visible(c)) plain.appendCodePoint(c);
        else plain.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
    }

    /// FORMAT is direction marks and their like; it also holds the joiner of emoji, which does no harm.
    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> c == 0x200d;
            default -> true;
        };
    }

    private static int width(int c) {
        var type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT)
            return 0;
        for (var range : WIDE) if (c >= range.from() && c <= range.to()) return 2;
        return 1;
    }
}
