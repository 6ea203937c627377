package dev.transpack.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key of this installation: `instance.key` in the data directory, made at the first start, readable by its owner
/// alone. Secrets that must be read again (link tokens) are stored sealed with it: AES-256-GCM, a fresh nonce each.
public final class InstanceKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private InstanceKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// Reads the key of a data directory, or makes it.
    ///
    /// @throws FolderException when the directory cannot be written to
    /// @throws SettingsException when the file is not a key
    public static InstanceKey of(Path dataDir) {
        var file = file(dataDir);
        try {
            Files.createDirectories(dataDir);
            if (Files.notExists(file)) create(file, fresh());
            return new InstanceKey(bytes(Files.readString(file).strip()));
        } catch (IOException e) {
            throw FolderException.of(dataDir, "data-dir", e);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(List.of(new SettingsProblem(
                    "instance key",
                    file.toString(),
                    "is damaged: restore it from a backup, secrets are sealed with it")));
        }
    }

    /// Where the key of a data directory lies.
    public static Path file(Path dataDir) {
        return dataDir.resolve("instance.key");
    }

    /// The key of a data directory as a backup keeps it; empty when there is none yet.
    ///
    /// @throws SettingsException when the file is not a key
    public static Optional<Secret> find(Path dataDir) {
        if (Files.notExists(file(dataDir))) return Optional.empty();
        return Optional.of(
                new Secret(Base64.getEncoder().encodeToString(of(dataDir).key.getEncoded())));
    }

    /// Puts a key back that [#find] gave. One that is there already stays.
    ///
    /// @throws FolderException when the directory cannot be written to
    public static void restore(Path dataDir, Secret key) {
        try {
            Files.createDirectories(dataDir);
            if (Files.notExists(file(dataDir))) create(file(dataDir), bytes(key.reveal()));
        } catch (IOException e) {
            throw FolderException.of(dataDir, "data-dir", e);
        }
    }

    /// The text, unreadable without the key.
    public String seal(String text) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var sealed = apply(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8), 0);
        var all = new byte[NONCE_BYTES + sealed.length];
        System.arraycopy(nonce, 0, all, 0, NONCE_BYTES);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return Base64.getEncoder().encodeToString(all);
    }

    /// The text that was sealed.
    ///
    /// @throws IllegalStateException when another key sealed it
    public String open(String sealed) {
        var all = Base64.getDecoder().decode(sealed);
        var nonce = Arrays.copyOf(all, NONCE_BYTES);
        return new String(apply(Cipher.DECRYPT_MODE, nonce, all, NONCE_BYTES), StandardCharsets.UTF_8);
    }

    private byte[] apply(int mode, byte[] nonce, byte[] input, int from) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input, from, input.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed with another instance key", e);
        }
    }

    private static byte[] fresh() {
        var bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String written) {
        var bytes = Base64.getDecoder().decode(written);
        if (bytes.length != KEY_BYTES) throw new IllegalArgumentException("a key has 32 bytes");
        return bytes;
    }

    /// Written elsewhere first: whoever starts beside this one finds a whole key or none.
    private static void create(Path file, byte[] bytes) throws IOException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "instance", ".new", onlyOwner);
        try {
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.SYNC)) {
                channel.write(
                        StandardCharsets.US_ASCII.encode(Base64.getEncoder().encodeToString(bytes) + "\n"));
            }
            NewFile.publish(fresh, file);
        } catch (FileAlreadyExistsException e) {
            // Another process starts beside this one and was quicker: its key is the key.
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
