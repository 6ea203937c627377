package dev.transpack.librar;

/// A run of bytes of an archive. A plan is a list of segments; volumes and parts are byte ranges over them.
sealed interface Segment {
    /// How many bytes this is; known before anything is read.
    long length();

    /// Bytes that librar makes up: their length is known at once, their value once their checksum is.
    ///
    /// @param length bytes
    /// @param needs the checksum that must be known before these bytes can be rendered
    /// @param rendering makes the bytes
    record Header(long length, Needs needs, Rendering rendering) implements Segment {}

    /// A range of what the archive holds of a source file: the file as it is or, in an encrypted plan, its bytes
    /// encrypted, each in its place, and what fills their last block.
    ///
    /// @param entry index in the plan's entries
    /// @param offset of the first byte within the file
    /// @param length bytes; at least 1
    record FileRange(int entry, long offset, long length) implements Segment {}

    /// Bytes that depend on the whole encrypted content of a file and stand behind it, or a stretch of them.
    ///
    /// @param entry index in the plan's entries
    /// @param offset of the first byte within them
    /// @param length bytes; at least 1
    record Seal(int entry, int offset, long length) implements Segment {}

    /// The checksum a header waits for.
    sealed interface Needs {
        /// No checksum: the header can be rendered at any time.
        record Nothing() implements Needs {}

        /// The CRC32 of one [FileRange], by its index in the plan.
        record RangeCrc(int segment) implements Needs {}

        /// The CRC32 of a whole file, by its index in the plan's entries.
        record EntryCrc(int entry) implements Needs {}
    }

    /// Makes a header's bytes. Pure: the same checksum gives the same bytes.
    @FunctionalInterface
    interface Rendering {
        /// The bytes, given the checksum the header needs (0 when it needs none).
        byte[] render(int crc32);
    }
}
