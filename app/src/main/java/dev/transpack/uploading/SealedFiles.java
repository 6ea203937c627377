package dev.transpack.uploading;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The list of files of an encrypted pack, under the pack's password: AES-256-GCM, the key by PBKDF2-HMAC-SHA256 (RFC
/// 8018). The same list of the same pack gives the same bytes; another list has another nonce.
///
/// @param iterations of PBKDF2
/// @param salt hexadecimal
/// @param nonce hexadecimal
/// @param data Base64 of the encrypted list and its tag
public record SealedFiles(int iterations, String salt, String nonce, String data) {
    /// As OWASP's password storage guide has it for SHA-256; more than the archive itself asks of a guesser.
    private static final int ITERATIONS = 600_000;

    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int KEY_BITS = 256;
    private static final int TAG_BITS = 128;

    /// Refuses one that lacks a member.
    public SealedFiles {
        Objects.requireNonNull(salt);
        Objects.requireNonNull(nonce);
        Objects.requireNonNull(data);
    }

    static SealedFiles of(byte[] list, String password, String packId) {
        try {
            var id = packId.getBytes(StandardCharsets.UTF_8);
            var salt = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(id), SALT_BYTES);
            var key = key(password, salt, ITERATIONS);
            var nonce = nonce(key, list);
            var data = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(list);
            var hex = HexFormat.of();
            return new SealedFiles(
                    ITERATIONS,
                    hex.formatHex(salt),
                    hex.formatHex(nonce),
                    Base64.getEncoder().encodeToString(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM, SHA-256 and PBKDF2", e);
        }
    }

    /// The list.
    ///
    /// @throws IllegalArgumentException in a sentence, if the password is another or the list was changed
    byte[] open(String password) {
        if (iterations < 1 || iterations > MOST_ITERATIONS)
            throw new IllegalArgumentException("the list of files asks for " + iterations + " rounds, which is no use");
        try {
            var hex = HexFormat.of();
            var key = key(password, hex.parseHex(salt), iterations);
            return cipher(Cipher.DECRYPT_MODE, key, hex.parseHex(nonce))
                    .doFinal(Base64.getDecoder().decode(data));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the password is not that of this pack, or its list was changed", e);
        }
    }

    /// Of the list itself: a nonce must never serve for two of them.
    private static byte[] nonce(SecretKeySpec key, byte[] list) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return Arrays.copyOf(mac.doFinal(list), NONCE_BYTES);
    }

    private static SecretKeySpec key(String password, byte[] salt, int iterations) throws GeneralSecurityException {
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS);
        var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        return new SecretKeySpec(key, "AES");
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
