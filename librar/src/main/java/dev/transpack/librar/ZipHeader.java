package dev.transpack.librar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;

/// The two headers of an entry (APPNOTE 4.3.7 and 4.3.12). A link's target is its content and stands with the local
/// one.
///
/// @param entry what it describes
/// @param offset of its local header in the archive
/// @param content how its content stands there
record ZipHeader(Entry entry, long offset, ZipContent content) {
    static final int FULL_16 = 0xFFFF;
    static final long FULL_32 = 0xFFFF_FFFFL;
    static final int VERSION_ZIP64 = 45;
    /// Version 4.5, unix: the mode stands in the upper half of the external attributes.
    static final int MADE_BY_UNIX = (3 << 8) | VERSION_ZIP64;

    /// The name is UTF-8 (APPNOTE appendix D).
    private static final int UTF8 = 0x0800;
    private static final int LOCAL = 30;
    private static final int CENTRAL = 46;
    private static final int ZIP64_EXTRA = 0x0001;
    private static final int NTFS_EXTRA = 0x000A;
    private static final int TIME_EXTRA = 0x5455;

    int localLength() {
        return LOCAL + nameLength() + localExtra().length + content.leadLength(target());
    }

    int centralLength() {
        return CENTRAL + nameLength() + centralExtra().length;
    }

    byte[] local(int crc32) {
        var bytes = new ByteWriter().u32(0x04034b50);
        facts(bytes, crc32);
        var extra = localExtra();
        bytes.u32(large() ? FULL_32 : stored()).u32(large() ? FULL_32 : size());
        return bytes.u16(nameLength())
                .u16(extra.length)
                .utf8(name())
                .bytes(extra)
                .bytes(content.lead(target()))
                .toArray();
    }

    byte[] central(int crc32) {
        var bytes = new ByteWriter().u32(0x02014b50).u16(MADE_BY_UNIX);
        facts(bytes, crc32);
        var extra = centralExtra();
        return bytes.u32(large() ? FULL_32 : stored())
                .u32(large() ? FULL_32 : size())
                .u16(nameLength())
                .u16(extra.length)
                .u16(0)
                .u16(0)
                .u16(0)
                .u32(((long) entry.mode() << 16) | (entry.kind() == Entry.Kind.DIRECTORY ? 0x10 : 0))
                .u32(Math.min(offset, FULL_32))
                .utf8(name())
                .bytes(extra)
                .toArray();
    }

    /// What both headers say alike, from the version to the checksum.
    private void facts(ByteWriter bytes, int crc32) {
        var time = dosTime();
        bytes.u16(Math.max(content.version(), large() || offset >= FULL_32 ? VERSION_ZIP64 : 0))
                .u16(UTF8 | content.flags())
                .u16(content.method())
                .u16((time.getHour() << 11) | (time.getMinute() << 5) | (time.getSecond() / 2))
                .u16(((time.getYear() - 1980) << 9) | (time.getMonthValue() << 5) | time.getDayOfMonth())
                .u32(content.hasCrc() && entry.kind() == Entry.Kind.SYMLINK ? crcOf(target()) : crc32);
    }

    private byte[] localExtra() {
        var bytes = new ByteWriter();
        if (large()) {
            bytes.u16(ZIP64_EXTRA).u16(16).u64(size()).u64(stored());
        }
        return time(bytes).bytes(content.extra()).toArray();
    }

    /// Only the fields that the old ones cannot hold, in this order.
    private byte[] centralExtra() {
        var far = offset >= FULL_32;
        var bytes = new ByteWriter();
        if (large() || far) {
            bytes.u16(ZIP64_EXTRA).u16((large() ? 16 : 0) + (far ? 8 : 0));
        }
        if (large()) {
            bytes.u64(size()).u64(stored());
        }
        if (far) {
            bytes.u64(offset);
        }
        return time(bytes).bytes(content.extra()).toArray();
    }

    /// Seconds since 1970 where 32 bits hold them, which every reader knows; else Windows' own time.
    private ByteWriter time(ByteWriter bytes) {
        var seconds = entry.modified().getEpochSecond();
        if (seconds == (int) seconds) {
            return bytes.u16(TIME_EXTRA).u16(5).u8(1).u32(seconds);
        }
        var ticks = Rar5Time.fileTime(entry.modified());
        return bytes.u16(NTFS_EXTRA)
                .u16(32)
                .u32(0)
                .u16(1)
                .u16(24)
                .u64(ticks)
                .u64(ticks)
                .u64(ticks);
    }

    /// The old field, in UTC so that the same pack is the same everywhere; readers use the extra one.
    private LocalDateTime dosTime() {
        var earliest = Instant.parse("1980-01-01T00:00:00Z");
        var latest = Instant.parse("2107-12-31T23:59:58Z");
        var modified = entry.modified();
        var within = modified.isBefore(earliest) ? earliest : modified.isAfter(latest) ? latest : modified;
        return LocalDateTime.ofInstant(within, ZoneOffset.UTC);
    }

    private boolean large() {
        return stored() >= FULL_32;
    }

    private long stored() {
        return content.length(size());
    }

    private long size() {
        return entry.size() + target().length;
    }

    private byte[] target() {
        return entry.target().getBytes(StandardCharsets.UTF_8);
    }

    private String name() {
        return entry.kind() == Entry.Kind.DIRECTORY ? entry.name() + "/" : entry.name();
    }

    private int nameLength() {
        return ByteWriter.utf8Length(name());
    }

    private static int crcOf(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
