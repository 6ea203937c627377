package dev.transpack.librar;

import dev.transpack.librar.SourceReader.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// Files in AES-256-CBC, each one chain of blocks from its first byte to its last, which zeros fill up.
///
/// All that a chain needs to go on is its last block: the vector of the next one and, when a part's end cut it, the
/// bytes that the next part begins with.
final class CbcContents implements Contents {
    private final List<Entry> entries;
    private final SourceReader reader;
    private final Rar5Encryption encryption;
    private final byte[] plain = new byte[Ciphers.BITE];
    private final byte[] sealed = new byte[Ciphers.BITE];

    private int current = -1;
    /// Of the next byte to give out, within the current file.
    private long position;
    /// The last block made; at a file's beginning its vector.
    private byte[] last = {};
    /// Null when the chain does not go on from where this cipher stopped.
    private @Nullable Cipher cipher;

    CbcContents(List<Entry> entries, SourceReader reader, Rar5Encryption encryption) {
        this.entries = entries;
        this.reader = reader;
        this.encryption = encryption;
    }

    @Override
    public Stretch fill(int entry, long offset, ByteBuffer target) throws ArchiveException, InterruptedException {
        begin(entry);
        if (offset != position) {
            throw new IllegalStateException("byte " + offset + " was asked for, " + position + " is next");
        }
        return reader.read(
                entries.get(entry), content -> fill(content, entries.get(entry).size(), target));
    }

    @Override
    public void skip(int entry, Fragment fragment) {
        begin(entry);
        position += fragment.length();
        cipher = null;
        if (fragment.encrypted() != null) {
            var encrypted = fragment.encrypted();
            last = ByteBuffer.allocate(Ciphers.BLOCK)
                    .putLong(encrypted.blockHigh())
                    .putLong(encrypted.blockLow())
                    .array();
        }
    }

    @Override
    public byte[] seal(int entry) {
        throw new IllegalStateException("nothing follows a chain of blocks");
    }

    private void begin(int entry) {
        if (entry != current) {
            current = entry;
            position = 0;
            last = encryption.vector(entry);
            cipher = null;
        }
    }

    private Stretch fill(Content content, long size, ByteBuffer target) throws IOException {
        var crc = new CRC32();
        var plainCrc = new CRC32();
        give(last, cutOff(), target, crc);
        var from = Math.min(size, position);
        while (target.hasRemaining()) {
            var blocks = (int) Math.min(Ciphers.BITE, Ciphers.padded(target.remaining()));
            var length = (int) Math.min(blocks, size - position);
            content.fill(position, ByteBuffer.wrap(plain, 0, length), plainCrc);
            Arrays.fill(plain, length, blocks, (byte) 0);
            encrypt(blocks);
            give(sealed, 0, target, crc);
        }
        var plainLength = (int) (Math.min(size, Ciphers.padded(position)) - from);
        var block = ByteBuffer.wrap(last);
        return new Stretch(
                (int) crc.getValue(),
                new Fragment.Encrypted(plainLength, (int) plainCrc.getValue(), block.getLong(), block.getLong()));
    }

    /// Where in the last block the next byte to give out stands; its end if all of it was given out.
    private int cutOff() {
        var given = (int) (position % Ciphers.BLOCK);
        return given == 0 ? last.length : given;
    }

    private void encrypt(int length) {
        var chain = cipher;
        if (chain == null) {
            chain = encryption.chain(last);
            cipher = chain;
        }
        Ciphers.update(chain, plain, length, sealed);
        last = Arrays.copyOfRange(sealed, length - Ciphers.BLOCK, length);
    }

    private void give(byte[] bytes, int from, ByteBuffer target, CRC32 crc) {
        var length = Math.min(bytes.length - from, target.remaining());
        target.put(bytes, from, length);
        crc.update(bytes, from, length);
        position += length;
    }
}
