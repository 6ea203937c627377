package dev.transpack.settings;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// A number of bytes as people write it: `500m`, `16 MiB`, `1.5g`, `4096`. Units are powers of 1024, as in `rar
/// -v500m`.
public record ByteSize(long bytes) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,19}(?:\\.\\d{1,6})?)\\s*([kmgt]?)(?:i?b)?", Pattern.CASE_INSENSITIVE);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1L << 62);
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);

    public ByteSize {
        if (bytes < 0) throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }

    /// Reads what a person wrote.
    ///
    /// @throws IllegalArgumentException naming the text, when it is not a size
    public static ByteSize parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches())
            throw new IllegalArgumentException("not a size: " + text + " (write 500m, 16 MiB or 4096)");
        var unit = UNITS.get(match.group(2).toLowerCase(Locale.ROOT));
        var bytes = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(unit == null ? 1 : unit));
        if (bytes.compareTo(LARGEST) > 0) throw new IllegalArgumentException("too large a size: " + text);
        return new ByteSize(bytes.longValue());
    }

    /// The shortest exact form with a power-of-1024 unit: `500m`.
    @Override
    public String toString() {
        for (var unit : new String[] {"t", "g", "m", "k"}) {
            long size = UNITS.getOrDefault(unit, 1L);
            if (bytes >= size && bytes % size == 0) return bytes / size + unit;
        }
        return Long.toString(bytes);
    }
}
