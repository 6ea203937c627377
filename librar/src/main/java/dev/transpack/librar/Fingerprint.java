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
import java.util.HexFormat;
import java.util.List;

/// The digest of everything an archive's bytes depend on.
final class Fingerprint {
    /// Changes whenever the same entries would give other bytes than before.
    private static final int WRITER_VERSION = 1;

    private Fingerprint() {}

    static String of(List<Entry> entries, ArchiveOptions options) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = new DataOutputStream(
                    new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
            bytes.writeInt(WRITER_VERSION);
            text(bytes, options.format().name());
            bytes.writeLong(options.volumeSize());
            bytes.writeInt(entries.size());
            for (var entry : entries) {
                entry(bytes, entry);
            }
            bytes.flush();
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a digest cannot fail to be written", e);
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
