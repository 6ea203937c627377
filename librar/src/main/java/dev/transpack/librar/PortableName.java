package dev.transpack.librar;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// What one name must be so that Windows, macOS and Linux can hold it: no reserved character, no reserved device, no
/// dot or space at its end (https://learn.microsoft.com/windows/win32/fileio/naming-a-file), and no more than 255 bytes
/// of UTF-8, which are also no more than the 255 UTF-16 units of Windows and macOS.
final class PortableName {
    /// Reserved with any extension, and with spaces before it.
    private static final Pattern DEVICE = Pattern.compile(
            "(con|prn|aux|nul|conin\\$|conout\\$|com[0-9¹²³]|lpt[0-9¹²³])( *(?:\\..*)?)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern EXTENSION = Pattern.compile("(?<=.)\\.[A-Za-z0-9]{1,10}$");
    private static final String FORBIDDEN = "<>:\"/\\|?*";
    private static final int LONGEST = 255;

    private PortableName() {}

    /// Whether it is one.
    static boolean holds(String name) {
        return holdsText(name) && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    /// The same, however long it is.
    static boolean holdsText(String name) {
        return !name.endsWith(".")
                && !name.endsWith(" ")
                && name.chars().noneMatch(PortableName::isForbidden)
                && !DEVICE.matcher(name).matches();
    }

    /// The nearest one: `_` in place of what is reserved, or behind a device's name.
    ///
    /// @param number which of several that would be called the same; from 2 on it stands before the extension
    static String of(String name, boolean folder, int number) {
        var fit = fit(name);
        var extension = EXTENSION.matcher(fit);
        var end = !folder && extension.find() ? extension.group() : "";
        var base = fit.substring(0, fit.length() - end.length());
        var behind = (number == 1 ? "" : " (" + number + ")") + end;
        var room = LONGEST - behind.getBytes(StandardCharsets.UTF_8).length;
        return fit(cut(base, room) + behind);
    }

    /// Two names that are the same to systems that fold case and accents.
    static String folded(String name) {
        var upper = Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static String fit(String name) {
        var fit = new StringBuilder();
        name.codePoints().forEach(c -> fit.appendCodePoint(isForbidden(c) ? '_' : c));
        var last = fit.length() - 1;
        if (fit.charAt(last) == '.' || fit.charAt(last) == ' ') {
            fit.setCharAt(last, '_');
        }
        var device = DEVICE.matcher(fit);
        return device.matches() ? device.group(1) + "_" + device.group(2) : fit.toString();
    }

    private static boolean isForbidden(int c) {
        return c < 0x20 || c == 0x7F || FORBIDDEN.indexOf(c) >= 0;
    }

    /// As much as fits into so many bytes, never half a character.
    private static String cut(String text, int bytes) {
        var length = 0;
        for (var i = 0; i < text.length(); ) {
            var next = i + Character.charCount(text.codePointAt(i));
            length += text.substring(i, next).getBytes(StandardCharsets.UTF_8).length;
            if (length > bytes) {
                return text.substring(0, i);
            }
            i = next;
        }
        return text;
    }
}
