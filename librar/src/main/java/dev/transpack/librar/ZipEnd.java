package dev.transpack.librar;

/// What ends a ZIP (APPNOTE 4.3.14 to 4.3.16): where its directory lies, twice when the old fields cannot hold it.
///
/// @param entries how many
/// @param start where the directory begins
/// @param directory its bytes
record ZipEnd(int entries, long start, long directory) {
    private static final int OLD = 22;
    private static final int ZIP64 = 56;
    private static final int LOCATOR = 20;
    /// Of the ZIP64 record, what its own length field does not count.
    private static final int UNCOUNTED = 12;

    int length() {
        return OLD + (isZip64() ? ZIP64 + LOCATOR : 0);
    }

    byte[] render() {
        var bytes = new ByteWriter();
        if (isZip64()) {
            zip64(bytes);
        }
        var count = Math.min(entries, ZipHeader.FULL_16);
        return bytes.u32(0x06054b50)
                .u16(0)
                .u16(0)
                .u16(count)
                .u16(count)
                .u32(Math.min(directory, ZipHeader.FULL_32))
                .u32(Math.min(start, ZipHeader.FULL_32))
                .u16(0)
                .toArray();
    }

    private void zip64(ByteWriter bytes) {
        bytes.u32(0x06064b50)
                .u64(ZIP64 - UNCOUNTED)
                .u16(ZipHeader.MADE_BY_UNIX)
                .u16(ZipHeader.VERSION_ZIP64)
                .u32(0)
                .u32(0)
                .u64(entries)
                .u64(entries)
                .u64(directory)
                .u64(start);
        bytes.u32(0x07064b50).u32(0).u64(start + directory).u32(1);
    }

    private boolean isZip64() {
        return entries >= ZipHeader.FULL_16 || directory >= ZipHeader.FULL_32 || start >= ZipHeader.FULL_32;
    }
}
