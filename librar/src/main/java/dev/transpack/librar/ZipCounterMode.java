package dev.transpack.librar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import javax.crypto.Cipher;

/// AES in counter mode with WinZip's counter: little-endian, the first block has 1. The JDK's own counts the other way.
final class ZipCounterMode {
    private static final VarHandle COUNTER =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Cipher cipher;
    /// One block more than a bite, which need not begin with a block.
    private byte[] counters = {};
    private byte[] stream = {};

    ZipCounterMode(byte[] key) {
        this.cipher = Ciphers.ecb(key);
    }

    /// Encrypts bytes in place.
    ///
    /// @param position of the first within the file
    void apply(byte[] bytes, int length, long position) {
        var skip = (int) (position % Ciphers.BLOCK);
        var blocks = (int) Ciphers.padded(skip + length);
        if (stream.length < blocks) {
            counters = new byte[blocks];
            stream = new byte[blocks];
        }
        var counter = position / Ciphers.BLOCK;
        for (var i = 0; i < blocks; i += Ciphers.BLOCK) {
            COUNTER.set(counters, i, ++counter);
        }
        Ciphers.update(cipher, counters, blocks, stream);
        for (var i = 0; i < length; i++) {
            bytes[i] ^= stream[skip + i];
        }
    }
}
