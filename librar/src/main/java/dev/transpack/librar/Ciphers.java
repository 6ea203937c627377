package dev.transpack.librar;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The JDK's ciphers, all of which every JDK has.
final class Ciphers {
    /// Bytes of an AES block, and of RAR5's salts and vectors.
    static final int BLOCK = 16;
    /// Small enough that the cipher finds its bytes in the processor's cache: twice as fast as with 1 MiB.
    static final int BITE = 64 * 1024;

    private Ciphers() {}

    private interface Step<T> {
        T run() throws GeneralSecurityException;
    }

    /// Encrypts whole blocks one after another, as update follows update.
    static Cipher cbc(byte[] key, byte[] vector) {
        return sure(() -> {
            var cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            return cipher;
        });
    }

    /// Decrypts what [#cbc] encrypted, whole blocks as they are complete.
    static Cipher openingCbc(byte[] key, byte[] vector) {
        return sure(() -> {
            var cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            return cipher;
        });
    }

    /// Encrypts blocks each by itself.
    static Cipher ecb(byte[] key) {
        return sure(() -> {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return cipher;
        });
    }

    /// Encrypts whole blocks of one array into another.
    static void update(Cipher cipher, byte[] from, int length, byte[] to) {
        sure(() -> cipher.update(from, 0, length, to, 0));
    }

    /// A message authentication code, such as `HmacSHA256`.
    static Mac mac(String name, byte[] key) {
        return sure(() -> {
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return mac;
        });
    }

    /// PBKDF2 (RFC 8018) of a password in UTF-8.
    ///
    /// @param mac such as `HmacSHA256`
    static byte[] pbkdf2(String mac, Password password, byte[] salt, int iterations, int bytes) {
        var spec = new PBEKeySpec(password.value().toCharArray(), salt, iterations, 8 * bytes);
        return sure(() -> SecretKeyFactory.getInstance("PBKDF2With" + mac)
                .generateSecret(spec)
                .getEncoded());
    }

    /// Bytes followed by zeros, up to the end of a block.
    static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, (int) padded(bytes.length));
    }

    /// A length, rounded up to whole blocks.
    static long padded(long length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static <T> T sure(Step<T> step) {
        try {
            return step.run();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES, HMAC and PBKDF2", e);
        }
    }
}
