package dev.transpack.librar;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// The digest of everything an archive's bytes depend on.
final class Fingerprint {
    /// Changes whenever the same entries would give other bytes than before.
    private static final int WRITER_VERSION = 1;

    private Fingerprint() {}

    /// Of everything but the encryption.
    static byte[] facts(List<Entry> entries, ArchiveOptions options) {
        return digest(bytes -> {
            bytes.writeInt(WRITER_VERSION);
            text(bytes, options.format().name());
            bytes.writeLong(options.volumeSize());
            entries(bytes, entries);
        });
    }

    /// Of what the `rar` program is given; the bytes are its own affair.
    static byte[] facts(List<Entry> entries, RarOptions options) {
        return digest(bytes -> {
            bytes.writeInt(WRITER_VERSION);
            text(bytes, "rar");
            bytes.writeLong(options.volumeSize());
            bytes.writeInt(options.level());
            bytes.writeInt(options.recoveryPercent());
            entries(bytes, entries);
        });
    }

    /// Of everything, when it is encrypted. Whoever guesses passwords by it has as much to do as with the archive.
    static byte[] encrypted(byte[] facts, Secrets secrets) {
        return digest(bytes -> {
            text(bytes, "AES-256");
            bytes.write(facts);
            text(bytes, secrets.encryption().scope().name());
            text(bytes, secrets.encryption().seed());
            bytes.write(secrets.check());
        });
    }

    private interface Writing {
        void to(DataOutputStream bytes) throws IOException;
    }

    private static byte[] digest(Writing writing) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = new DataOutputStream(
                    new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
            writing.to(bytes);
            bytes.flush();
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a digest cannot fail to be written", e);
        }
    }

    private static void entries(DataOutputStream bytes, List<Entry> entries) throws IOException {
        bytes.writeInt(entries.size());
        for (var entry : entries) {
            entry(bytes, entry);
        }
    }

    private static void entry(DataOutputStream bytes, Entry entry) throws IOException {
        text(bytes, entry.name());
        text(bytes, entry.kind().name());
        bytes.writeLong(entry.size());
        var modified = entry.modified();
        bytes.writeLong(modified.getEpochSecond());
        bytes.writeInt(modified.getNano());
        bytes.writeInt(entry.mode());
        text(bytes, entry.target());
    }

    private static void text(DataOutputStream bytes, String text) throws IOException {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.writeInt(utf8.length);
        bytes.write(utf8);
    }
}
