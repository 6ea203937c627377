package dev.transpack.librar;

import java.util.List;
import javax.crypto.Cipher;

/// Encryption as the RAR 5.0 archive format describes it: one key for the pack, a vector of its own for every file and
/// every block. Checksums are the plain ones, not those that depend on the key.
final class Rar5Encryption implements Rar5Protection {
    private static final int VERSION_AES_256 = 0;
    private static final int HAS_CHECK = 0x01;
    private static final int FILE_RECORD = 1;

    private final Secrets secrets;
    private final byte[] key;
    private final boolean hidesBlocks;

    Rar5Encryption(Secrets secrets) {
        this.secrets = secrets;
        this.key = secrets.key();
        this.hidesBlocks = secrets.encryption().scope() == Encryption.Scope.EVERYTHING;
    }

    @Override
    public byte[] prefix() {
        var prefix = new ByteWriter().bytes(Rar5Header.signature());
        if (hidesBlocks) {
            prefix.bytes(
                    Rar5Header.encryption(parameters().bytes(secrets.check()).toArray()));
        }
        return prefix.toArray();
    }

    @Override
    public long blockLength(long length) {
        return hidesBlocks ? Ciphers.BLOCK + Ciphers.padded(length) : length;
    }

    /// The vector, and the block filled up with zeros.
    @Override
    public byte[] block(int segment, byte[] block) {
        if (!hidesBlocks) {
            return block;
        }
        var vector = secrets.derive("block", segment);
        var padded = Ciphers.padded(block);
        var sealed = new byte[padded.length];
        Ciphers.update(chain(vector), padded, padded.length, sealed);
        return new ByteWriter().bytes(vector).bytes(sealed).toArray();
    }

    @Override
    public byte[] record(int entry) {
        var record = new ByteWriter()
                .vint(FILE_RECORD)
                .bytes(parameters().toArray())
                .bytes(vector(entry))
                .bytes(secrets.check())
                .toArray();
        return new ByteWriter().vint(record.length).bytes(record).toArray();
    }

    @Override
    public int unit() {
        return Ciphers.BLOCK;
    }

    @Override
    public Contents contents(List<Entry> entries, SourceReader reader) {
        return new CbcContents(entries, reader, this);
    }

    @Override
    public ContentCipher cipher(int entry) {
        return secrets.cipher(vector(entry));
    }

    /// What a file's chain of blocks begins with.
    byte[] vector(int entry) {
        return secrets.derive("file", entry);
    }

    /// A chain of blocks that goes on after this one.
    Cipher chain(byte[] vector) {
        return Ciphers.cbc(key, vector);
    }

    private ByteWriter parameters() {
        return new ByteWriter()
                .vint(VERSION_AES_256)
                .vint(HAS_CHECK)
                .u8(Secrets.ITERATIONS_LOG2)
                .bytes(secrets.salt());
    }
}
