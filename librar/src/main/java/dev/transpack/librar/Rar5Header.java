package dev.transpack.librar;

import java.util.zip.CRC32;

/// The blocks of a RAR5-compatible volume, byte by byte (format section 2). Numbers are named as they are
/// there.
final class Rar5Header {
    /// Block checksum, size, type, flags, end flags.
    static final int END_LENGTH = 8;

    private static final byte[] SIGNATURE = {0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00};

    private static final int MAIN = 1;
    private static final int FILE = 2;
    private static final int ENCRYPTION = 4;
    private static final int END = 5;

    private static final int HAS_EXTRA = 0x01;
    private static final int HAS_DATA = 0x02;
    private static final int CONTINUED = 0x08;
    private static final int CONTINUES = 0x10;

    private static final int IS_VOLUME = 0x01;
    private static final int HAS_VOLUME_NUMBER = 0x02;
    private static final int MORE_VOLUMES = 0x01;

    private static final int IS_DIRECTORY = 0x01;
    private static final int HAS_CRC = 0x04;
    private static final int STORED = 0;
    private static final int UNIX = 1;

    private static final int LINK_RECORD = 5;
    private static final int UNIX_SYMLINK = 1;

    private Rar5Header() {}

    static byte[] signature() {
        return SIGNATURE.clone();
    }

    /// The main block of a volume of a set, by its index.
    static byte[] main(int volume) {
        var main = new ByteWriter().vint(MAIN).vint(0);
        if (volume == 0) {
            return block(main.vint(IS_VOLUME));
        }
        return block(main.vint(IS_VOLUME | HAS_VOLUME_NUMBER).vint(volume));
    }

    /// The main block of an archive in one file.
    static byte[] singleMain() {
        return block(new ByteWriter().vint(MAIN).vint(0).vint(0));
    }

    static int mainLength(int volume) {
        return volume == 0 ? 8 : 8 + ByteWriter.vintLength(volume);
    }

    /// The block before all others when those are encrypted.
    static byte[] encryption(byte[] parameters) {
        return block(new ByteWriter().vint(ENCRYPTION).vint(0).bytes(parameters));
    }

    /// The end block of a volume that others follow.
    static byte[] end() {
        return block(new ByteWriter().vint(END).vint(0).vint(MORE_VOLUMES));
    }

    /// The end block of the last volume.
    static byte[] lastEnd() {
        return block(new ByteWriter().vint(END).vint(0).vint(0));
    }

    private static byte[] block(ByteWriter body) {
        var sized = new ByteWriter().vint(body.length()).bytes(body.toArray()).toArray();
        var crc = new CRC32();
        crc.update(sized);
        return new ByteWriter().u32(crc.getValue()).bytes(sized).toArray();
    }

    /// The piece of an entry that one header announces.
    ///
    /// @param entry whose
    /// @param length bytes of data in this volume
    /// @param continued whether an earlier volume holds bytes before it
    /// @param continues whether a later volume holds bytes after it
    record PieceOf(Entry entry, long length, boolean continued, boolean continues) {}

    /// File headers whose data size always takes the same width, so that no header's length depends on where a
    /// cut falls.
    ///
    /// @param dataSize vint bytes of the largest volume size
    record Widths(int dataSize) {
        long headerLength(Entry entry, int record) {
            var name = ByteWriter.utf8Length(entry.name());
            var extra = record + extraLength(entry);
            var body = 2 // type, flags
                    + ByteWriter.vintLength(extra)
                    + dataSize
                    + 1 // file flags
                    + ByteWriter.vintLength(entry.size())
                    + ByteWriter.vintLength(entry.mode())
                    + (entry.kind() == Entry.Kind.DIRECTORY ? 0 : 4) // checksum
                    + 2 // compression, host
                    + ByteWriter.vintLength(name)
                    + name
                    + extra;
            return 4L + ByteWriter.vintLength(body) + body;
        }

        /// @param record the extra record of its encryption; empty if it has none
        byte[] render(PieceOf piece, byte[] record, int crc32) {
            var entry = piece.entry();
            var directory = entry.kind() == Entry.Kind.DIRECTORY;
            var body = new ByteWriter()
                    .vint(FILE)
                    .vint(HAS_EXTRA
                            | HAS_DATA
                            | (piece.continued() ? CONTINUED : 0)
                            | (piece.continues() ? CONTINUES : 0))
                    .vint(record.length + extraLength(entry))
                    .vint(piece.length(), dataSize)
                    .vint(directory ? IS_DIRECTORY : HAS_CRC)
                    .vint(entry.size())
                    .vint(entry.mode());
            if (!directory) {
                body.u32(crc32);
            }
            body.vint(STORED)
                    .vint(UNIX)
                    .vint(ByteWriter.utf8Length(entry.name()))
                    .utf8(entry.name());
            return block(extra(body.bytes(record), entry));
        }
    }

    private static int extraLength(Entry entry) {
        if (entry.kind() != Entry.Kind.SYMLINK) {
            return Rar5Time.LENGTH;
        }
        var link = linkLength(entry.target());
        return Rar5Time.LENGTH + ByteWriter.vintLength(link) + link;
    }

    private static ByteWriter extra(ByteWriter body, Entry entry) {
        body.bytes(Rar5Time.record(entry.modified()));
        if (entry.kind() == Entry.Kind.SYMLINK) {
            var target = entry.target();
            body.vint(linkLength(target)).vint(LINK_RECORD).vint(UNIX_SYMLINK).vint(0);
            body.vint(ByteWriter.utf8Length(target)).utf8(target);
        }
        return body;
    }

    private static int linkLength(String target) {
        var length = ByteWriter.utf8Length(target);
        return 3 + ByteWriter.vintLength(length) + length;
    }
}
