package dev.transpack.librar;

/// How blocks and contents stand in RAR5-compatible volumes: in the clear, or encrypted.
interface Rar5Protection extends Protection {
    /// In the clear.
    Rar5Protection NONE = new Rar5Protection() {};

    /// What every volume begins with, before its first block.
    default byte[] prefix() {
        return Rar5Header.signature();
    }

    /// How many bytes a block of so many takes.
    default long blockLength(long length) {
        return length;
    }

    /// The bytes of a block.
    ///
    /// @param segment whose it is, so that no two blocks are encrypted alike
    default byte[] block(int segment, byte[] block) {
        return block;
    }

    /// An extra record for the header of a file with content; empty for none. Always of one length.
    default byte[] record(int entry) {
        return new byte[0];
    }

    /// Bytes of content are cut, and filled up, to a multiple of this.
    default int unit() {
        return 1;
    }
}
