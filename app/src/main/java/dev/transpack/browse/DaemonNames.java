package dev.transpack.browse;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// What daemons do to names. Transmission 3.00 tells a torrent's own name and puts another on the disk: characters
/// that Windows forbids become `_`. And it writes characters beyond U+FFFF wrongly in its JSON: U+1F3AC as
/// `\u1f3ac`, which reads as U+1F3A and a `c`.
final class DaemonNames {
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x1f<>:\"/\\\\|?*]");
    private static final Pattern RESERVED = Pattern.compile("(?i)^(con|prn|aux|nul|com[1-9]|lpt[1-9])(?=\\.|$)");

    private DaemonNames() {}

    /// The name on the disk of a torrent that is told under this name.
    static String onDisk(String told) {
        var name = FORBIDDEN.matcher(told).replaceAll("_");
        int start = 0;
        int end = name.length();
        while (start < end && name.charAt(start) == ' ') start++;
        while (end > start && (name.charAt(end - 1) == ' ' || name.charAt(end - 1) == '.')) end--;
        return RESERVED.matcher(name.substring(start, end)).replaceFirst("$1_");
    }

    /// A name on the disk as a daemon's JSON may tell it.
    static String asTold(String onDisk) {
        if (onDisk.codePoints().allMatch(Character::isBmpCodePoint)) return onDisk;
        var told = new StringBuilder();
        onDisk.codePoints().forEach(point -> {
            if (Character.isBmpCodePoint(point)) {
                told.append((char) point);
                return;
            }
            var digits = Integer.toHexString(point);
            told.append((char) Integer.parseInt(digits, 0, 4, 16)).append(digits, 4, digits.length());
        });
        return told.toString();
    }

    /// The one form in which names are compared: composed characters, whatever the file system made of them.
    static String comparable(String name) {
        return Normalizer.isNormalized(name, Normalizer.Form.NFC)
                ? name
                : Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
