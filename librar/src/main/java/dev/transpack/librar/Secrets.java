package dev.transpack.librar;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// What the password and the seed of one pack give: a key that is slow to guess, the value by which a password is
/// checked, and as many salts and vectors as are asked for.
///
/// Those also depend on everything else that the pack's bytes depend on, so that a seed used once more for changed
/// entries gives none of them again.
final class Secrets {
    /// As `rar` has it: guessing one password takes 2^15 rounds.
    static final int ITERATIONS_LOG2 = 15;
    /// Bytes of an AES-256 key.
    static final int KEY = 32;

    private static final int ITERATIONS = 1 << ITERATIONS_LOG2;
    /// The check value is that many rounds away from the key (RAR 5.0 archive format, encryption header).
    private static final int MORE_FOR_CHECK = 32;

    private final Encryption encryption;
    private final byte[] facts;
    private final byte[] salt;
    private final byte[] check;

    /// Takes as long as one guess.
    ///
    /// @param facts a digest of all that the bytes depend on but the encryption
    Secrets(Encryption encryption, byte[] facts) {
        this.encryption = encryption;
        this.facts = facts.clone();
        this.salt = derive("salt", 0);
        this.check = checkValue(stretched(ITERATIONS + MORE_FOR_CHECK));
    }

    Encryption encryption() {
        return encryption;
    }

    /// 16 bytes that nobody has elsewhere; the same for the same arguments.
    byte[] derive(String purpose, long index) {
        var mac = Ciphers.mac("HmacSHA256", HexFormat.of().parseHex(encryption.seed()));
        mac.update(facts);
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(index).flip());
        mac.update(purpose.getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(mac.doFinal(), Ciphers.BLOCK);
    }

    /// The salt of the key.
    byte[] salt() {
        return salt.clone();
    }

    /// The key of the pack. Slow.
    byte[] key() {
        return stretched(ITERATIONS);
    }

    /// How a reader comes by that key, for a file whose chain of blocks begins with this vector.
    ContentCipher cipher(byte[] vector) {
        var hex = HexFormat.of();
        return new ContentCipher(ITERATIONS, hex.formatHex(salt), hex.formatHex(vector));
    }

    /// 12 bytes that tell a wrong password, no quicker than the archive itself does.
    byte[] check() {
        return check.clone();
    }

    private byte[] stretched(int iterations) {
        return Ciphers.pbkdf2("HmacSHA256", encryption.password(), salt, iterations, KEY);
    }

    /// Folded to 8 bytes, and 4 bytes of a digest so that damage is not taken for a wrong password.
    private static byte[] checkValue(byte[] stretched) {
        var folded = new byte[8];
        for (var i = 0; i < stretched.length; i++) {
            folded[i % folded.length] ^= stretched[i];
        }
        return new ByteWriter()
                .bytes(folded)
                .bytes(Arrays.copyOf(sha256(folded), 4))
                .toArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
