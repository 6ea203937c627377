package dev.transpack.librar;

/// How the content of one entry stands in a ZIP: as it is, unless encryption says otherwise.
interface ZipContent {
    /// As it is.
    ZipContent PLAIN = new ZipContent() {};

    /// The method that the headers name.
    default int method() {
        return 0;
    }

    /// General purpose flags (APPNOTE 4.4.4).
    default int flags() {
        return 0;
    }

    /// The version that a reader needs (APPNOTE 4.4.3).
    default int version() {
        return 20;
    }

    /// The extra record of both headers; empty for none.
    default byte[] extra() {
        return new byte[0];
    }

    /// Whether the headers carry the CRC32 of the content.
    default boolean hasCrc() {
        return true;
    }

    /// How many bytes a content of so many takes.
    default long length(long size) {
        return size;
    }

    /// How many of those stand with the local header: a whole link, and what precedes a file.
    default int leadLength(byte[] target) {
        return target.length;
    }

    /// Those bytes.
    ///
    /// @param target where a link points; empty for a file
    default byte[] lead(byte[] target) {
        return target;
    }

    /// How many bytes follow a file.
    default int sealLength() {
        return 0;
    }
}
