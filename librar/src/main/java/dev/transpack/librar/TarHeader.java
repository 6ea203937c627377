package dev.transpack.librar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;

/// The blocks before an entry's data: a pax header for what the old fields cannot hold, and the old header
/// (POSIX.1-2017,
/// pax, "ustar Interchange Format" and "pax Extended Header").
final class TarHeader {
    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final long LARGEST_OCTAL_11 = 077777777777L;
    private static final int PERMISSIONS = 07777;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private TarHeader() {}

    /// Bytes before the entry's data.
    static long length(Entry entry) {
        var records = records(entry);
        return records.length == 0 ? BLOCK : 2L * BLOCK + records.length + padding(records.length);
    }

    static byte[] render(Entry entry) {
        var records = records(entry);
        var bytes = new byte[(int) length(entry)];
        if (records.length > 0) {
            var name = "PaxHeaders/" + name(entry);
            System.arraycopy(block(name, 0644, records.length, 0, 'x', ""), 0, bytes, 0, BLOCK);
            System.arraycopy(records, 0, bytes, BLOCK, records.length);
        }
        var seconds = Math.clamp(entry.modified().getEpochSecond(), 0, LARGEST_OCTAL_11);
        var size = entry.size() > LARGEST_OCTAL_11 ? 0 : entry.size();
        var last = block(name(entry), entry.mode() & PERMISSIONS, size, seconds, type(entry), entry.target());
        System.arraycopy(last, 0, bytes, bytes.length - BLOCK, BLOCK);
        return bytes;
    }

    /// Zeros that fill the last block.
    static int padding(long length) {
        return (int) (-length & (BLOCK - 1));
    }

    private static char type(Entry entry) {
        return switch (entry.kind()) {
            case FILE -> '0';
            case SYMLINK -> '2';
            case DIRECTORY -> '5';
        };
    }

    private static String name(Entry entry) {
        return entry.kind() == Entry.Kind.DIRECTORY ? entry.name() + "/" : entry.name();
    }

    private static byte[] block(String name, int mode, long size, long seconds, char type, String target) {
        var bytes = new byte[BLOCK];
        text(bytes, 0, NAME, name);
        octal(bytes, 100, 8, mode);
        octal(bytes, 108, 8, 0);
        octal(bytes, 116, 8, 0);
        octal(bytes, 124, 12, size);
        octal(bytes, 136, 12, seconds);
        Arrays.fill(bytes, CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_LENGTH, (byte) ' ');
        bytes[156] = (byte) type;
        text(bytes, 157, NAME, target);
        text(bytes, 257, 8, "ustar\00000");
        octal(bytes, 329, 8, 0);
        octal(bytes, 337, 8, 0);
        checksum(bytes);
        return bytes;
    }

    /// The sum of all bytes, as six digits, a zero and a space (as every tar writes it).
    private static void checksum(byte[] block) {
        var sum = 0;
        for (var each : block) {
            sum += each & 0xFF;
        }
        text(block, CHECKSUM_AT, CHECKSUM_LENGTH, String.format(Locale.ROOT, "%06o\0 ", sum));
    }

    /// What the fields of the old header cannot hold; empty when they hold all of it.
    private static byte[] records(Entry entry) {
        var values = new LinkedHashMap<String, String>();
        if (!fits(name(entry))) {
            values.put("path", name(entry));
        }
        if (!fits(entry.target())) {
            values.put("linkpath", entry.target());
        }
        if (entry.size() > LARGEST_OCTAL_11) {
            values.put("size", Long.toString(entry.size()));
        }
        var modified = entry.modified();
        if (modified.getNano() != 0 || modified.getEpochSecond() < 0 || modified.getEpochSecond() > LARGEST_OCTAL_11) {
            values.put("mtime", decimal(modified));
        }
        var bytes = new ByteWriter();
        values.forEach((key, value) -> bytes.utf8(record(key, value)));
        return bytes.toArray();
    }

    /// ASCII only, since the old header does not say what its bytes mean.
    private static boolean fits(String text) {
        return text.length() <= NAME && text.chars().allMatch(c -> c < 0x80);
    }

    /// `length key=value\n`, where the length counts itself.
    private static String record(String key, String value) {
        var rest = 1 + key.length() + 1 + value.getBytes(StandardCharsets.UTF_8).length + 1;
        var length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        return length + " " + key + "=" + value + "\n";
    }

    /// Seconds with nine decimals; before 1970 with a minus in front of the whole.
    private static String decimal(Instant time) {
        var seconds = time.getEpochSecond();
        var nanos = time.getNano();
        if (seconds >= 0) {
            return seconds + String.format(Locale.ROOT, ".%09d", nanos);
        }
        var whole = nanos == 0 ? -seconds : -seconds - 1;
        var fraction = nanos == 0 ? 0 : 1_000_000_000 - nanos;
        return "-" + whole + String.format(Locale.ROOT, ".%09d", fraction);
    }

    private static void text(byte[] block, int at, int length, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
    }

    private static void octal(byte[] block, int at, int length, long value) {
        var digits = Long.toOctalString(value);
        text(block, at, length, "0".repeat(length - 1 - digits.length()) + digits);
    }
}
