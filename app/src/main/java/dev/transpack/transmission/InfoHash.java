package dev.transpack.transmission;

import java.util.Locale;
import java.util.regex.Pattern;

/// A torrent's identity: 40 hexadecimal digits (64 for a pure version 2 torrent), in lower case.
public record InfoHash(String value) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public InfoHash {
        value = value.toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(value).matches()) throw new IllegalArgumentException("not an info hash: " + value);
    }

    @Override
    public String toString() {
        return value;
    }
}
