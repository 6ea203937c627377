package dev.transpack.sharing;

/// Lines of a checksum file that programs read. A name cannot add a line of its own.
public final class ChecksumList {
    private ChecksumList() {}

    /// A line of an SFV file: the name, a blank, the CRC32 in upper case.
    public static String sfvLine(String name, int crc32) {
        return oneLine(name) + " " + "%08X".formatted(crc32) + "\r\n";
    }

    static String oneLine(String name) {
        return name.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '_' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
